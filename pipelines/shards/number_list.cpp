#include "pipelines/shards/number_list.h"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

std::optional<std::int64_t> number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || value < 0 || digits.empty()) return std::nullopt;
  return value;
}

struct Scheduler {
  const char* variable;
  std::int64_t first;
};
constexpr Scheduler kSchedulers[] = {
    {"SLURM_ARRAY_TASK_ID", 0}, {"SGE_TASK_ID", 1}, {"PARALLEL_SEQ", 1}, {"JOB_COMPLETION_INDEX", 0}};

}  // namespace

std::string list_of(const std::vector<std::int64_t>& numbers) {
  std::string list;
  for (std::size_t i = 0; i < numbers.size();) {
    auto last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    list += text(list.empty() ? "" : ",", numbers[i]);
    if (last > i) list += text(last == i + 1 ? "," : "-", numbers[last]);
    i = last + 1;
  }
  return list;
}

std::vector<std::int64_t> numbers_of(const std::string& list, std::int64_t count) {
  std::set<std::int64_t> numbers;
  for (std::size_t at = 0; at <= list.size();) {
    const auto end = std::min(list.find(',', at), list.size());
    const auto part = std::string_view(list).substr(at, end - at);
    const auto dash = part.find('-');
    const auto first = number(part.substr(0, dash)), last = dash == part.npos ? first : number(part.substr(dash + 1));
    if (!first || !last || *last < *first)
      throw ArgumentError(
          text("shard: '", list, "' is not accepted; use a number, a list such as 2,6,9-12, auto or all"));
    if (*last >= count)
      throw ArgumentError(
          text("shard: ", *last, " is not among the ", count, " shards of this batch; use 0..", count - 1));
    for (auto one = *first; one <= *last; ++one) numbers.insert(one);
    at = end + 1;
  }
  return {numbers.begin(), numbers.end()};
}

std::int64_t number_from_scheduler(std::int64_t count) {
  std::string named;  // the variable that was taken
  std::int64_t taken = -1;
  for (const auto& [variable, first] : kSchedulers) {
    const char* value = std::getenv(variable);
    if (!value || std::string_view(value) == "undefined") continue;  // Grid Engine, where a job is no array
    const auto given = number(value);
    if (!given || *given < first || *given - first >= count)
      throw ArgumentError(text("shard: ", variable, "=", value, " is not among the ", count,
                               " shards of this batch; submit tasks ", first, "..", count - 1 + first));
    if (!named.empty() && *given - first != taken)
      throw ArgumentError(text("shard: ", named, " means shard ", taken, " and ", variable, "=", value, " means shard ",
                               *given - first, "; give --shard K"));
    named = variable;
    taken = *given - first;
  }
  if (named.empty())
    throw ArgumentError(
        "shard: auto needs SLURM_ARRAY_TASK_ID, SGE_TASK_ID, PARALLEL_SEQ or JOB_COMPLETION_INDEX, none is set; give "
        "--shard K");
  return taken;
}

}  // namespace firstframe
