#pragma once

#include <optional>
#include <string>

#include "core/seismic/wedge_check.h"
#include "pipelines/cli/volume_flags.h"

namespace firstframe {

/// What `--wedge` was asked for.
struct WedgeJob {
  std::string restorer;             // "fx" or a model's file
  std::string degraded;             // the volume, whose middle section gets the wedge
  VolumeFlags volume;
  std::optional<ValueRange> range;  // as for `restore`
  double sample_interval_ms = 4;
};

struct WedgeResult {
  WedgeFigures figures;
  double amplitude = 0;  // of the wedge, units of the file
};

/// Injects a wedge into the middle section and restores it as `restore` would: in the model's value range, or under its automatic
/// gain, with dead and absent traces filled. Figures are of live traces.
/// \throws ArgumentError for a model of neighbours or super-resolution; as VolumeWork, estimate_wavelet and wedge
WedgeResult wedge_figures(const WedgeJob& job);

}  // namespace firstframe
