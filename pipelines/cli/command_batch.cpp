#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "pipelines/cli/batch_commands.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/progress.h"
#include "pipelines/shards/merge_record.h"
#include "pipelines/shards/merge_shards.h"
#include "pipelines/shards/number_list.h"
#include "pipelines/shards/shard_state.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

using Kind = ShardState::Kind;

struct StatusOptions {
  std::string folder;
  bool verifies = false, missing = false, lines = false, json = false;
};

// Shards whose inputs are all merged need no result any more.
std::vector<bool> merged_shards(const BatchPlan& plan, const fs::path& folder) {
  std::vector<bool> merged(plan.inputs.size()), shards;
  for (std::size_t input = 0; input < merged.size(); ++input)
    merged[input] =
        read_merge_record(folder, plan, static_cast<std::int64_t>(input)).state == MergeRecord::State::published;
  for (const auto& shard : plan.shards)
    shards.push_back(std::all_of(shard.begin(), shard.end(),
                                 [&](const Piece& piece) { return merged[static_cast<std::size_t>(piece.input)]; }));
  return shards;
}

void print_missing(const std::vector<std::int64_t>& missing, bool lines) {
  if (!lines) {
    std::cout << list_of(missing) << "\n";
    return;
  }
  for (const auto shard : missing) std::cout << shard << "\n";
}

void status(const StatusOptions& options) {
  const auto plan = read_plan(options.folder);
  const auto states = states_of({options.folder, plan}, plan, options.verifies);
  const auto is_merged = merged_shards(plan, options.folder);
  std::array<std::vector<std::int64_t>, 6> of_kind;
  std::vector<std::int64_t> missing, merged;
  for (std::size_t shard = 0; shard < states.size(); ++shard) {
    const auto number = static_cast<std::int64_t>(shard);
    if (is_merged[shard]) {
      merged.push_back(number);
      continue;
    }
    of_kind[static_cast<std::size_t>(states[shard].kind)].push_back(number);
    if (states[shard].kind != Kind::finished) missing.push_back(number);
  }

  if (options.json) {
    nlohmann::ordered_json json{{"shards", plan.shard_count()}, {"merged", merged.size()}};
    for (const auto kind : {Kind::finished, Kind::begun, Kind::failed, Kind::stale, Kind::damaged, Kind::missing})
      json[std::string(name_of(kind))] = of_kind[static_cast<std::size_t>(kind)].size();
    json["missing_shards"] = missing;
    json["array"] = list_of(missing);
    auto why = nlohmann::ordered_json::object();
    for (const auto shard : missing)
      if (const auto& reason = states[static_cast<std::size_t>(shard)].why; !reason.empty())
        why[std::to_string(shard)] = reason;
    json["why"] = why;
    std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  } else if (options.missing) {
    if (!missing.empty()) print_missing(missing, options.lines);
  } else {
    std::cout << options.folder << ": " << plan.shard_count() << " shards";
    if (!merged.empty()) std::cout << ", " << merged.size() << " merged";
    for (const auto kind : {Kind::finished, Kind::begun, Kind::failed, Kind::stale, Kind::damaged, Kind::missing})
      if (const auto& shards = of_kind[static_cast<std::size_t>(kind)]; !shards.empty())
        std::cout << ", " << shards.size() << " " << name_of(kind);
    std::cout << "\n";
    for (const auto kind : {Kind::failed, Kind::damaged})
      for (const auto shard : of_kind[static_cast<std::size_t>(kind)])
        std::cout << "  shard " << shard << " " << name_of(kind) << ": " << states[static_cast<std::size_t>(shard)].why
                  << "\n";
    if (!missing.empty())
      std::cout << "  still to be run: --array=" << list_of(missing) << "\n";
    else if (merged.size() == states.size())
      std::cout << "  all outputs are there\n";
    else
      std::cout << "  ready: firstframe batch merge " << options.folder << "\n";
  }
  if (!missing.empty()) throw CLI::RuntimeError(75);
}

struct MergeFlags {
  std::string folder;
  MergeOptions merge;
  ProgressStyle progress = ProgressStyle::automatic;
  bool json = false;
};

void merge(const MergeFlags& flags) {
  const auto plan = read_plan(flags.folder);
  const auto count = static_cast<std::int64_t>(plan.inputs.size());
  if (const auto input = flags.merge.input; input && (*input < 0 || *input >= count))
    throw ArgumentError(
        text("input: ", *input, " is not among the ", count, " inputs of this batch; use 0..", count - 1));
  Merged merged;
  {
    Progress progress(flags.progress);
    merged = merge_shards(
        plan, flags.folder, flags.merge, [&](auto done, auto sections) { progress.frames(done, sections); },
        interrupt_token());
  }
  if (!merged.unlocked.empty())
    std::cerr << "firstframe: warning: " << merged.unlocked << "; see that no two merges of one input run at once\n";
  auto outputs = nlohmann::ordered_json::array();
  for (const auto& one : merged.inputs) {
    const auto place = (fs::path(flags.folder) / one.output).string();
    outputs.push_back({{"output", place}, {"sections", one.sections}, {"clipped_samples", one.clipped}});
    if (flags.json) continue;
    if (one.sections == 0)
      std::cout << place << ": was merged\n";
    else
      std::cout << place << ": " << one.sections << (one.sections == 1 ? " section\n" : " sections\n");
    if (one.clipped > 0)
      std::cerr << "firstframe: warning: " << place << ": " << one.clipped
                << " restored samples were beyond what the output can store and were limited to it\n";
  }
  if (flags.json)
    std::cout << nlohmann::ordered_json{{"outputs", outputs}, {"arithmetics", merged.arithmetics}}.dump(2) << "\n";
  if (merged.arithmetics.size() < 2) return;
  std::cerr << "firstframe: warning: the shards were computed with different arithmetic, which rounds differently in "
               "the last place:";
  for (const auto& one : merged.arithmetics) std::cerr << " [" << one << "]";
  std::cerr << "; to get the bytes that one machine gives, run on machines of one kind\n";
}

}  // namespace

void add_batch(CLI::App& app) {
  auto* batch =
      app.add_subcommand("batch", "Restore many sections in shards that may run anywhere, be killed and be run again");
  batch->require_subcommand(1);
  batch->footer(
      "plan cuts the work, run restores shards (all here, or one under Slurm, Grid Engine, Kubernetes or GNU "
      "parallel), status\n"
      "says what is missing, merge writes the outputs. Ready scripts: pipelines/batch. Exit code 75: stopped, or "
      "shards are\n"
      "missing; run again.");
  add_batch_plan(*batch);
  add_batch_run(*batch);

  auto look = std::make_shared<StatusOptions>();
  auto* command = batch->add_subcommand(
      "status", "How far a batch is; exit code 0 when every shard is finished, 75 when some are missing");
  command->add_option("folder", look->folder, "The batch's folder")->required()->type_name("FOLDER");
  command->add_flag("--missing", look->missing,
                    "Print the shards that are still to be run alone, as --array takes them: 2,6,9-12");
  command->add_flag("--lines", look->lines, "With --missing: one a line, as GNU parallel takes them")
      ->needs("--missing");
  command->add_flag("--verify", look->verifies, "Read all results and compare their hashes");
  command->add_flag("--json", look->json, "Print it as JSON");
  command->callback([look] { status(*look); });

  auto flags = std::make_shared<MergeFlags>();
  command = batch->add_subcommand(
      "merge", "Check all results and write the outputs; refuses with the list of shards that are missing");
  command->add_option("folder", flags->folder, "The batch's folder")->required()->type_name("FOLDER");
  command->add_option("--input", flags->merge.input, "Merge this input alone, counted from 0; default all")
      ->type_name("N");
  command->add_flag("--remove-results", flags->merge.removes_results,
                    "Delete the shards' results when all outputs are there");
  add_progress_flag(*command, flags->progress);
  command->add_flag("--json", flags->json, "Print the outputs as JSON");
  command->callback([flags] { merge(*flags); });
}

}  // namespace firstframe
