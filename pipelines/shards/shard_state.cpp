#include "pipelines/shards/shard_state.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "io/files/file_bytes.h"
#include "pipelines/shards/publish_file.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json json_of(const RunMark& mark) {
  return {{"host", mark.host}, {"pid", mark.pid}, {"job", mark.job}, {"restart", mark.restart}};
}

Json parsed(const fs::path& file) {
  const auto bytes = read_bytes(file);
  const auto* begin = reinterpret_cast<const char*>(bytes.data());
  return Json::parse(begin, begin + bytes.size());
}

std::string now() {
  const auto seconds = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char written[32];
  std::strftime(written, sizeof written, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return written;
}

ShardManifest manifest_of(const Json& json) {
  const auto& by = json.at("by");
  return {json.at("key"),
          json.at("sections"),
          {json.at("bytes"), json.at("hash")},
          {by.at("host"), by.at("pid"), by.at("job"), by.at("restart")},
          json.at("arithmetic"),
          json.at("seconds")};
}

bool is_there(const fs::path& file) {
  std::error_code error;
  return fs::exists(file, error);
}

ShardState unfinished(const ShardFolder& folder, std::int64_t shard) {
  if (is_there(folder.failure(shard))) {
    try {
      const auto json = parsed(folder.failure(shard));
      return {ShardState::Kind::failed,
              {},
              text(json.at("why").get<std::string>(), " (on ", json.at("by").at("host").get<std::string>(), ")")};
    } catch (const std::exception&) {
      return {ShardState::Kind::failed, {}, "the note of why cannot be read"};
    }
  }
  return {};
}

}  // namespace

ShardFolder::ShardFolder(fs::path folder, const BatchPlan& plan)
    : folder_(std::move(folder) / "shards"),
      digits_(std::max<std::size_t>(4, std::to_string(plan.shard_count() - 1).size())) {}

fs::path ShardFolder::named(std::int64_t shard, const char* ending) const {
  const auto number = std::to_string(shard);
  return folder_ / (std::string(digits_ - std::min(digits_, number.size()), '0') + number + ending);
}

void write_manifest(const ShardFolder& folder, std::int64_t shard, const ShardManifest& manifest) {
  publish_file(folder.manifest(shard),
               dump({{"shard", shard},
                     {"key", manifest.key},
                     {"sections", manifest.sections},
                     {"bytes", manifest.sealed.bytes},
                     {"hash", manifest.sealed.hash},
                     {"arithmetic", manifest.arithmetic},
                     {"seconds", manifest.seconds},
                     {"by", json_of(manifest.by)},
                     {"finished", now()},
                     {"version", kVersion}}),
               manifest.by.tag());
}

void note_failure(const ShardFolder& folder, std::int64_t shard, const RunMark& by, const std::string& why) noexcept {
  try {
    publish_file(folder.failure(shard), dump({{"shard", shard}, {"why", why}, {"by", json_of(by)}, {"at", now()}}),
                 by.tag());
  } catch (const std::exception&) {
    // Where nothing can be written there is nowhere to note it.
  }
}

void forget_failure(const ShardFolder& folder, std::int64_t shard) noexcept {
  std::error_code error;
  fs::remove(folder.failure(shard), error);
}

std::string_view name_of(ShardState::Kind kind) {
  static constexpr std::string_view names[] = {"missing", "begun", "failed", "stale", "damaged", "finished"};
  return names[static_cast<int>(kind)];
}

ShardState state_of(const ShardFolder& folder, const BatchPlan& plan, std::int64_t shard, bool verify) {
  using Kind = ShardState::Kind;
  if (!is_there(folder.manifest(shard))) return unfinished(folder, shard);
  ShardState state;
  try {
    state.manifest = manifest_of(parsed(folder.manifest(shard)));
  } catch (const std::exception&) {
    return {Kind::damaged, {}, text(folder.manifest(shard).string(), " cannot be read")};
  }
  const auto& [bytes, hash] = state.manifest.sealed;
  if (state.manifest.key != plan.key(shard)) return {Kind::stale, {}, {}};
  const auto results = folder.results(shard);
  std::error_code error;
  const auto size = fs::file_size(results, error);
  if (error) return {Kind::damaged, {}, text(results.string(), ": ", error.message())};
  if (static_cast<std::int64_t>(size) != bytes)
    return {Kind::damaged, {}, text(results.string(), " has ", size, " bytes, its manifest states ", bytes)};
  if (state.manifest.sections != sections_of(plan.shards[static_cast<std::size_t>(shard)]))
    return {Kind::damaged, {}, text(folder.manifest(shard).string(), " states another number of sections")};
  if (verify && hash_of_file(results) != hash)
    return {Kind::damaged, {}, text(results.string(), " has not the hash that its manifest states")};
  state.kind = Kind::finished;
  return state;
}

std::vector<ShardState> states_of(const ShardFolder& folder, const BatchPlan& plan, bool verify) {
  std::set<std::string> begun;  // names of results that a draft, or the result without its manifest, is there of
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder.path(), error)) {
    const auto name = entry.path().filename().string();
    begun.insert(name.substr(0, name.find(".part.")));
  }
  std::vector<ShardState> states;
  for (std::int64_t shard = 0; shard < plan.shard_count(); ++shard) {
    states.push_back(state_of(folder, plan, shard, verify));
    auto& kind = states.back().kind;
    if (kind == ShardState::Kind::missing && begun.contains(folder.results(shard).filename().string()))
      kind = ShardState::Kind::begun;
  }
  return states;
}

}  // namespace firstframe
