#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace firstframe {

/// How long a video file must be to be whole, from the sizes its container states about itself
/// (Matroska/WebM, AVI, MP4/MOV). Frame counts are no such measure: Matroska has none, AVI counts dropped
/// frames, MP4 counts frames that an edit list hides.
///
/// \return bytes; at most a few bytes above the file's size when the writer rounded. Nothing for other
///         containers and for streams written without sizes (a live recording, a writer that was killed).
/// Cost: a few small reads, one for each top-level part.
std::optional<std::uint64_t> promised_size(const std::filesystem::path& path);

}  // namespace firstframe
