#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/frame/section.h"
#include "pipelines/reproduce/strip.h"

namespace firstframe {

/// Side of a detail of draw_scans(), pixels of the scan.
inline constexpr Extent kScanDetail{90, 150};

/// A place in a scan that is worth a closer look.
struct ScanDetail {
  std::int64_t row = 0, col = 0;  // of its first pixel
};

/// Draws B-scans of one extent beside each other at half their size, labelled, and below each its details three times
/// as large; PNG or JPEG.
/// \throws ArgumentError when a detail leaves the scans
/// \throws OutputError when the file cannot be written
void draw_scans(const std::filesystem::path& page, const std::vector<StripPicture>& scans, const std::vector<ScanDetail>& details);

}  // namespace firstframe
