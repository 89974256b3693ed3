#pragma once

#include "io/stream/frame_source.h"

namespace firstframe {

// The kinds of source that open_frames chooses from. Each reads enough at once to refuse early.

std::unique_ptr<FrameSource> open_picture_source(const std::filesystem::path& path,
                                                 std::optional<ValueRange> range);
std::unique_ptr<FrameSource> open_folder_source(const std::filesystem::path& path,
                                                std::optional<ValueRange> range);
std::unique_ptr<FrameSource> open_video_source(const std::filesystem::path& path);

}  // namespace firstframe
