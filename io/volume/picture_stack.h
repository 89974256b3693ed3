#pragma once

#include <filesystem>
#include <memory>

#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// The pictures of a folder, in order of their names (see open_frames), as sections along z: grey, of one size and type.
/// Along x and y the whole folder is decoded into memory first. Size and type are the first picture's; another that differs
/// is refused when it is read. Spacing is 1.
///
/// \throws FormatError when the folder holds no picture, or one of colour
std::unique_ptr<SectionSource> open_picture_stack(const std::filesystem::path& path,
                                                  const VolumeOptions& options);

/// A folder of one picture a section along z: PNG in 8 or 16 bits, TIFF for float32. `source` may be a folder of as many
/// pictures: they keep their names, and their formats where these hold the samples unchanged. Else names are 000000.png on.
/// Spacing and metadata are not kept.
///
/// \throws ArgumentError for another axis, and for stored types that no picture holds
std::unique_ptr<SectionSink> open_picture_stack_sink(const std::filesystem::path& path,
                                                     const VolumeInfo& info, const SinkOptions& options,
                                                     const std::filesystem::path& source);

}  // namespace firstframe
