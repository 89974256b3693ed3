#pragma once

#include <filesystem>
#include <memory>

#include "io/stream/frame_sink.h"
#include "io/stream/frame_source.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// The sections of a volume as frames, for work that knows no volumes; named "section 0", "section 1", ...
/// \throws as open_volume
std::unique_ptr<FrameSource> open_volume_frames(const std::filesystem::path& path, const VolumeOptions& options = {});

/// A volume of the size, spacing and stored type of the one whose frames are written.
/// \throws as open_volume_sink
std::unique_ptr<FrameSink> open_volume_frame_sink(const std::filesystem::path& path, const VolumeInfo& like,
                                                  const std::filesystem::path& source);

}  // namespace firstframe
