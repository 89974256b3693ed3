#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "pipelines/shards/batch_plan.h"

namespace firstframe {

/// What a batch is asked to be.
struct PlanRequest {
  std::string model;
  std::vector<std::string> inputs;
  std::filesystem::path folder;           // of the batch
  std::string residual_folder;            // where what was removed goes; empty for nowhere
  std::string ending;                     // of the outputs, ".mha"; empty keeps each input's
  std::optional<std::int64_t> shards;     // nothing, both: shards of about five minutes, 1000 at most
  std::optional<std::int64_t> per_shard;  // sections
  RestoreChoices choices;
  bool hashes_inputs = false;  // all bytes
};

/// A plan, and what it will come to, reckoned from one section that was restored.
struct Planned {
  BatchPlan plan;
  std::int64_t sections = 0;
  std::int64_t input_bytes = 0;
  std::int64_t result_bytes = 0;   // of all shards
  double seconds_to_start = 0;     // until the first section is read: the process and the model, for every shard
  double seconds_per_section = 0;  // on this machine
  std::vector<std::string> remarks;  // on the inputs, each with its name: their headers, and the one section that was read
  std::vector<std::string> notes;  // what the user should know before the night
};

/// Opens every input, reads a section of each and restores one of the first. Writes nothing.
/// \throws ArgumentError when two outputs would have one name, a name is not UTF-8, or a number of shards is off
/// \throws as open_input, make_restorer
Planned make_plan(const PlanRequest& request, std::stop_token stop);

/// Opens every output for a moment, so that what would fail at the end of the night fails now.
/// \param folder  of the batch; has to be there \throws as open_volume_sink, open_sink
void try_outputs(const BatchPlan& plan, const std::filesystem::path& folder);

}  // namespace firstframe
