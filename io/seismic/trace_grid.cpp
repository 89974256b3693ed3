#include "io/seismic/trace_grid.h"

#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr double kSparsest = 0.1;  // traces per place of the grid; a line that runs across the survey fills far less

using Numbers = std::vector<std::int32_t>;

Numbers distinct(Numbers numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

std::int64_t place_in(const Numbers& sorted, std::int32_t number) {
  return std::lower_bound(sorted.begin(), sorted.end(), number) - sorted.begin();
}

TraceGrid all_in_one(std::int64_t traces) {
  TraceGrid grid;
  grid.sections = 1;
  grid.columns = traces;
  grid.traces.resize(static_cast<std::size_t>(traces));
  std::iota(grid.traces.begin(), grid.traces.end(), 0);
  return grid;
}

TraceGrid by_gather(const Numbers& gathers, int byte) {
  TraceGrid grid;
  grid.kind = SegySections::gathers;
  std::vector<std::int64_t> firsts;
  for (std::size_t i = 0; i < gathers.size(); ++i)
    if (i == 0 || gathers[i] != gathers[i - 1]) {
      firsts.push_back(static_cast<std::int64_t>(i));
      grid.lines.push_back(gathers[i]);
    }
  firsts.push_back(static_cast<std::int64_t>(gathers.size()));
  grid.sections = static_cast<std::int64_t>(grid.lines.size());
  for (std::size_t i = 1; i < firsts.size(); ++i) grid.columns = std::max(grid.columns, firsts[i] - firsts[i - 1]);
  if (static_cast<double>(gathers.size()) < kSparsest * static_cast<double>(grid.sections) * static_cast<double>(grid.columns))
    throw FormatError(text("there are no gathers: ", gathers.size(), " traces make ", grid.sections, " runs of one number at byte ", byte,
                           " of their headers, the longest of ", grid.columns,
                           " traces, which is too uneven for sections of one size; say where a gather's number is with --gather-byte, or use "
                           "--sections all"));
  grid.traces.assign(static_cast<std::size_t>(grid.sections * grid.columns), -1);
  for (std::int64_t s = 0; s < grid.sections; ++s)
    for (auto trace = firsts[static_cast<std::size_t>(s)]; trace < firsts[static_cast<std::size_t>(s) + 1]; ++trace)
      grid.traces[static_cast<std::size_t>(s * grid.columns + trace - firsts[static_cast<std::size_t>(s)])] =
          static_cast<std::int32_t>(trace);
  return grid;
}

TraceGrid by_line(const Numbers& along, const Numbers& across, SegySections kind, std::int64_t offsets) {
  TraceGrid grid;
  grid.kind = kind;
  grid.lines = distinct(along);
  grid.across = distinct(across);
  grid.offsets = offsets;
  grid.sections = static_cast<std::int64_t>(grid.lines.size()) * offsets;
  grid.columns = static_cast<std::int64_t>(grid.across.size());
  grid.traces.assign(static_cast<std::size_t>(grid.sections * grid.columns), -1);
  for (std::size_t i = 0; i < along.size(); ++i) {
    auto section = place_in(grid.lines, along[i]) * offsets;
    const auto column = place_in(grid.across, across[i]);
    while (grid.trace(section, column) >= 0) ++section;
    grid.traces[static_cast<std::size_t>(section * grid.columns + column)] = static_cast<std::int32_t>(i);
  }
  return grid;
}

// Most traces at one inline and crossline.
std::int64_t most_at_one_place(const TraceNumbers& numbers, const Numbers& crosslines, std::size_t inlines_found, const Numbers& inlines) {
  std::vector<std::int32_t> count(inlines_found * crosslines.size());
  std::int32_t most = 1;
  for (std::size_t i = 0; i < numbers.inlines.size(); ++i) {
    const auto place = static_cast<std::size_t>(place_in(inlines, numbers.inlines[i])) * crosslines.size() +
                       static_cast<std::size_t>(place_in(crosslines, numbers.crosslines[i]));
    most = std::max(most, ++count[place]);
  }
  return most;
}

}  // namespace

std::string name_of(SegySections kind) {
  static const char* const names[] = {"automatic", "inlines", "crosslines", "gathers", "everything"};
  return names[static_cast<int>(kind)];
}

std::string TraceGrid::section_name(std::int64_t section) const {
  if (kind == SegySections::everything) return "all traces";
  const auto number = lines[static_cast<std::size_t>(section / offsets)];
  const auto what = kind == SegySections::inlines ? "inline " : kind == SegySections::crosslines ? "crossline " : "gather ";
  return offsets == 1 ? text(what, number) : text(what, number, ", trace ", section % offsets + 1, " of ", offsets, " at its place");
}

TraceGrid place_traces(const TraceNumbers& numbers, const SegyOptions& options, std::vector<std::string>& findings) {
  const auto traces = static_cast<std::int64_t>(numbers.inlines.size());
  if (options.sections == SegySections::everything) return all_in_one(traces);
  if (options.sections == SegySections::gathers) return by_gather(numbers.gathers, options.gather_byte);

  const auto inlines = distinct(numbers.inlines), crosslines = distinct(numbers.crosslines);
  const auto bytes = text("bytes ", options.inline_byte, " and ", options.crossline_byte);
  const auto places = static_cast<double>(inlines.size()) * static_cast<double>(crosslines.size());
  std::string why;
  if (inlines.size() == 1 && crosslines.size() == 1 && traces > 1)
    why = text("every trace has inline ", inlines[0], " and crossline ", crosslines[0], " at ", bytes, " of its header");
  else if (static_cast<double>(traces) < kSparsest * places)
    why = text(traces, " traces have ", inlines.size(), " inline and ", crosslines.size(), " crossline numbers at ", bytes,
               " of their headers, which make no grid");
  if (!why.empty()) {
    if (options.sections != SegySections::automatic)
      throw FormatError(text("there are no ", name_of(options.sections), ": ", why,
                             "; say where the numbers are with --inline-byte and --crossline-byte, or leave out --sections"));
    findings.push_back(why + "; all traces are one section, in the file's order");
    return all_in_one(traces);
  }
  auto kind = options.sections;
  if (kind == SegySections::automatic)
    kind = crosslines.size() == 1 && inlines.size() > 1 ? SegySections::crosslines : SegySections::inlines;
  const auto offsets = most_at_one_place(numbers, crosslines, inlines.size(), inlines);
  return kind == SegySections::inlines ? by_line(numbers.inlines, numbers.crosslines, kind, offsets)
                                       : by_line(numbers.crosslines, numbers.inlines, kind, offsets);
}

}  // namespace firstframe
