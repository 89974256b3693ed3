#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/frame/section.h"

namespace firstframe {

/// One frame of a stream.
struct Frame {
  Section section;        // 1 channel, or R, G, B
  std::string name;       // file name in a folder ("0001.png"); empty for the frames of a video
};

/// A sequence of frames: one picture, the pictures of a folder in order of their names, or a video file.
class FrameSource {
 public:
  virtual ~FrameSource() = default;

  /// The next frame; nothing at the end.
  /// \throws FormatError when a frame cannot be decoded or a video ends before the frames it promises
  virtual std::optional<Frame> next() = 0;

  /// Frames in all, when the source knows.
  virtual std::optional<std::int64_t> count() const = 0;
  /// Frames per second; 0 for pictures.
  virtual double rate() const { return 0; }

  enum class Kind { picture, folder, video };
  virtual Kind kind() const = 0;
};

/// Opens a picture, a folder of pictures or a video file.
/// \param range  see read_picture; pictures only
/// \throws MissingFileError, FormatError (an empty folder, a file that is neither picture nor video)
std::unique_ptr<FrameSource> open_frames(const std::filesystem::path& path, std::optional<ValueRange> range = {});

}  // namespace firstframe
