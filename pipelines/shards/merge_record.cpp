#include "pipelines/shards/merge_record.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "pipelines/shards/content_hash.h"
#include "pipelines/shards/publish_file.h"
#include "pipelines/shards/run_mark.h"
#include "pipelines/shards/transient_error.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

using Json = nlohmann::ordered_json;

fs::path record_file(const fs::path& folder, std::int64_t input) {
  return folder / "shards" / text("merged-", std::setw(4), std::setfill('0'), input, ".json");
}

fs::path draft_of(const fs::path& place) { return place.string() + ".part"; }

}  // namespace

bool has_sections_of(const Shard& shard, std::int64_t input) {
  return std::any_of(shard.begin(), shard.end(), [&](const Piece& piece) { return piece.input == input; });
}

std::string merge_print(const BatchPlan& plan, std::int64_t input) {
  const auto& planned = plan.inputs[static_cast<std::size_t>(input)];
  ContentHash hash;
  hash.add(text(planned.output, "\n", planned.residual, "\n"));
  for (std::int64_t shard = 0; shard < plan.shard_count(); ++shard)
    if (has_sections_of(plan.shards[static_cast<std::size_t>(shard)], input)) hash.add(plan.key(shard));
  return hash.name();
}

MergeRecord read_merge_record(const fs::path& folder, const BatchPlan& plan, std::int64_t input) {
  const auto file = record_file(folder, input);
  const auto& planned = plan.inputs[static_cast<std::size_t>(input)];
  std::error_code error;
  if (!fs::exists(file, error)) return {};
  try {
    const auto bytes = read_bytes(file);
    const auto* begin = reinterpret_cast<const char*>(bytes.data());
    const auto json = Json::parse(begin, begin + bytes.size());
    if (json.at("print") != merge_print(plan, input)) return {};
    if (json.at("state") == "publishing") return {MergeRecord::State::publishing, json.at("clipped")};
    for (const auto& output : {planned.output, planned.residual})
      if (!output.empty() && !fs::exists(folder / output, error)) return {};
    return {MergeRecord::State::published, json.at("clipped")};
  } catch (const std::exception&) {
    return {};  // unreadable: it is merged again, which is only slower
  }
}

bool publish_what_is_left(const fs::path& folder, const BatchPlan& plan, std::int64_t input) {
  if (read_merge_record(folder, plan, input).state != MergeRecord::State::publishing) return false;
  const auto& planned = plan.inputs[static_cast<std::size_t>(input)];
  const auto is_filled = [](const fs::path& place) {
    std::error_code error;
    return fs::is_directory(place, error) && !fs::is_empty(place, error);
  };
  std::vector<fs::path> left;
  for (const auto& output : {planned.output, planned.residual}) {
    if (output.empty()) continue;
    // A folder that was there before would have been refused, so it is this merge's.
    const auto place = folder / output;
    if (is_filled(place)) continue;
    if (!is_filled(draft_of(place))) return false;
    left.push_back(place);
  }
  for (const auto& place : left) {
    if (::rename(draft_of(place).c_str(), place.c_str()) != 0) throw_output_error(place.string(), errno);
    flush_folder(place.parent_path());
  }
  std::error_code error;
  for (const auto& output : {planned.output, planned.residual})  // what slices of a volume note beside them
    if (!output.empty()) fs::remove(draft_of(folder / output).string() + ".json", error);
  return true;
}

void forget_merge_record(const fs::path& folder, std::int64_t input) {
  std::error_code error;
  fs::remove(record_file(folder, input), error);
  if (error) throw_output_error(record_file(folder, input).string(), error.value());
}

void write_merge_record(const fs::path& folder, const BatchPlan& plan, std::int64_t input, const MergeRecord& record) {
  const Json json{{"input", plan.inputs[static_cast<std::size_t>(input)].path},
                  {"print", merge_print(plan, input)},
                  {"state", record.state == MergeRecord::State::published ? "published" : "publishing"},
                  {"clipped", record.clipped}};
  publish_file(record_file(folder, input), json.dump(1) + "\n", this_run().tag());
}

}  // namespace firstframe
