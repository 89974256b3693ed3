#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/frame/section.h"
#include "pipelines/cli/volume_flags.h"

namespace firstframe {

struct VolumeMeasure {
  std::string restored, clean;
  VolumeFlags volume;
  std::optional<ValueRange> range;     // the peak of PSNR is its span; nothing takes the clean volume's lowest and highest value
  std::optional<std::int64_t> except;  // the annotated section, which is no test
  std::int64_t skip = 0;               // sections left out at the beginning
  std::int64_t border = 0;             // pixels left out at every edge of a section
  bool per_frame = false;
  bool json = false;
};

/// Compares two volumes section by section and prints PSNR and SSIM.
/// \throws FormatError when they are of different size
void measure_volume(const VolumeMeasure& job);

}  // namespace firstframe
