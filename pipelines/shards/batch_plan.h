#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/colour/restore_picture.h"
#include "core/settings/settings.h"
#include "io/volume/section_source.h"
#include "pipelines/shards/input_print.h"

namespace firstframe {

/// Everything beside input and model that decides what is restored.
struct RestoreChoices {
  VolumeOptions volume;  // its range serves pictures, too
  ChannelPolicy channels = ChannelPolicy::luma;
  RestoreSettings settings;  // `threads` is each run's own
  bool orthogonalise = false;  // as of restore_volume.h
};

struct PlannedInput {
  std::string path;  // canonical
  InputPrint print;
  std::int64_t sections = 0;      // of a volume or SEG-Y, or pictures
  std::int64_t result_bytes = 0;  // of all its sections as shards hold them, known from one section
  std::string output;             // in the batch's folder unless absolute
  std::string residual;           // likewise; empty for none
};

/// Consecutive sections of one input.
struct Piece {
  std::int64_t input = 0;
  std::int64_t first = 0;
  std::int64_t count = 0;
};
using Shard = std::vector<Piece>;  // in the inputs' order
std::int64_t sections_of(const Shard& shard);

/// What is to be done, cut into shards that can be done anywhere, in any order and more than once.
struct BatchPlan {
  std::string model;       // path, canonical
  std::string model_hash;  // of its bytes
  RestoreChoices choices;
  std::vector<PlannedInput> inputs;
  std::vector<Shard> shards;

  std::int64_t shard_count() const { return static_cast<std::int64_t>(shards.size()); }
  /// What the plan is known by: a hash of all of it.
  std::string id() const;
  /// What the bytes of a shard's result depend on: model, settings, its sections and the inputs they are of. A result that
  /// carries this key is this shard's, whatever else has been planned anew.
  std::string key(std::int64_t shard) const;
};

/// Cuts the sections of all inputs, one after the other, into shards of equal size (they differ by at most one section).
/// \param shards  1 .. number of sections
std::vector<Shard> cut_into_shards(const std::vector<PlannedInput>& inputs, std::int64_t shards);

/// FOLDER/batch.json.
std::filesystem::path plan_file(const std::filesystem::path& folder);
/// \throws OutputError
void write_plan(const std::filesystem::path& folder, const BatchPlan& plan);
/// \throws MissingFileError when nothing was planned there
/// \throws FormatError when the file is cut, was edited, or is of a later version
BatchPlan read_plan(const std::filesystem::path& folder);

}  // namespace firstframe
