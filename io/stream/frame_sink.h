#pragma once

#include <filesystem>
#include <memory>

#include "io/stream/frame_source.h"

namespace firstframe {

/// Where restored frames go. Nothing appears under the final name before finish().
class FrameSink {
 public:
  virtual ~FrameSink() = default;

  /// \throws OutputError when the disk is full or the place is not writable
  /// \throws FormatError when the frame's size, channels or depth do not fit the frames before it or the
  ///         format
  virtual void write(const Frame& frame) = 0;

  /// Makes the result whole and visible under its name. A sink destroyed before that leaves nothing behind;
  /// pictures of a folder are visible one by one, each whole.
  /// \throws FormatError when no frame was written
  /// \throws OutputError when the disk is full, or a video does not read back with the frames that were
  ///         written
  virtual void finish() = 0;
};

/// Opens a place for what a source gives: a picture for a picture, a folder for a folder (made when missing;
/// frames keep their names), a video file for a video. A video may also be written into a folder (frames
/// 000000.png ...), a folder into a video, and a picture into a folder that exists. A frame named .jpg is
/// written as .png into a folder, because JPEG would lose what was restored; a single picture gets the format
/// it is named for.
///
/// Video formats by ending: .mkv (FFV1, lossless, 8 bits), .avi (Motion JPEG), .mp4 (MPEG-4); even sizes
/// only. Grey frames read back with equal R, G and B.
/// \param rate  frames per second of a video made from pictures; a video source brings its own
/// \throws ArgumentError when the ending is not known or does not fit the source, or `path` is the source
///         itself
/// \throws OutputError when the folder is missing or not writable
/// \throws DeviceError when OpenCV was built without FFmpeg and a video is asked for
std::unique_ptr<FrameSink> open_sink(const std::filesystem::path& path, const FrameSource& source,
                                     double rate = 25);

}  // namespace firstframe
