#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "pipelines/cli/volume_flags.h"

namespace firstframe {

/// What `measure --seismic` was asked for.
struct SeismicMeasurement {
  std::string restored, degraded, clean;  // clean may be empty: SNR is then left out
  VolumeFlags volume;
  std::optional<std::int64_t> except;     // the annotated section, which is no test
  std::int64_t skip = 0;                  // sections left out at the beginning
  bool per_frame = false, json = false;
  double gate = 0.4;                      // of the 95th percentile of local similarity
  std::int64_t similarity_samples = 12, similarity_traces = 6;
  std::string plots;                      // folder for PNGs; empty for none
  std::string blend;                      // volume with what the gate gave back; empty for none
  std::string wedge;                      // "fx" or a model: checks amplitudes with an injected wedge; empty for none
  std::optional<ValueRange> range;        // of the wedge's section, as `restore` takes it
  double sample_interval_ms = 0;          // of frequency axes; 0 leaves cycles per sample
};

/// Adds --gate, --similarity-samples, --similarity-traces, --plots, --blend, --wedge and --sample-interval.
void add_seismic_flags(CLI::App& command, SeismicMeasurement& measurement);

/// Whether one of these flags was given.
bool has_seismic_flags(const SeismicMeasurement& measurement);

/// Measures, prints, and writes what was asked for.
void measure_seismic(const SeismicMeasurement& measurement);

}  // namespace firstframe
