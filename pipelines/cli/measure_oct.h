#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "pipelines/cli/volume_flags.h"

namespace firstframe {

/// What `measure --oct` was asked for.
struct OctMeasurement {
  std::string restored, clean;    // clean may be empty: then the figures that need none
  VolumeFlags volume;
  std::optional<ValueRange> range;      // black and white
  std::optional<std::int64_t> except;   // the annotated frame, which is no test
  std::int64_t skip = 0;          // frames
  std::int64_t border = 0;        // pixels
  std::vector<std::string> rois;  // see roi_flag.h
  std::string domain;           // empty: what `model` says, or log
  std::string model;            // of which the restored frames were made; may be empty
  double dynamic_range_db = 0;  // 0: the default of a log picture
  bool per_frame = false;
  bool json = false;
};

/// Adds --roi, --domain, --model and --dynamic-range-db.
void add_oct_flags(CLI::App& command, OctMeasurement& measurement);

/// Whether one of these flags was given.
bool has_oct_flags(const OctMeasurement& measurement);

/// Measures and prints.
void measure_oct(const OctMeasurement& measurement);

}  // namespace firstframe
