#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace firstframe {

/// What is wrong with a video that we have just written, by reading it back: OpenCV's writer is silent about
/// a full disk. "" when it is whole, opens, gives its first frame and states the number of frames written.
/// Cost: one frame is decoded, whatever the length.
std::string what_is_wrong_with_video(const std::filesystem::path& path, std::int64_t frames);

}  // namespace firstframe
