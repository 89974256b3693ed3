#pragma once

#include "io/stream/frame_sink.h"

namespace firstframe {

// The kinds of sink that open_sink chooses from.

std::unique_ptr<FrameSink> open_picture_sink(const std::filesystem::path& path);
/// \param source_folder  where the frames come from; none of its pictures is overwritten. Empty for no
/// folder.
std::unique_ptr<FrameSink> open_folder_sink(const std::filesystem::path& path,
                                            const std::filesystem::path& source_folder);
std::unique_ptr<FrameSink> open_video_sink(const std::filesystem::path& path, double rate);

bool is_video_name(const std::filesystem::path& path);

}  // namespace firstframe
