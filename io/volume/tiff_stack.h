#pragma once

#include <filesystem>
#include <memory>

#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// The pages of a TIFF or BigTIFF as sections along z.
///
/// Uncompressed pages in strips are read in place along any axis. Compressed and tiled ones are decoded page by page along z;
/// along x and y the whole volume is decoded into memory first. Spacing comes from an ImageJ description, else from the
/// resolution tags; 1 where there are none. ImageJ's time series count as volumes.
///
/// \throws FormatError when a page is of colour, of another size or type than the first, or cut, naming the page; when the
///         stack has several channels, or slices and times
std::unique_ptr<SectionSource> open_tiff_stack(const std::filesystem::path& path,
                                               const VolumeOptions& options);

/// A stack of plain strips with a description for ImageJ: see tiff_stack_header. Any axis. Directions are not kept.
std::unique_ptr<SectionSink> open_tiff_stack_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                                  const SinkOptions& options);

}  // namespace firstframe
