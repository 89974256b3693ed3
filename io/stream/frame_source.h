#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/frame/section.h"

namespace firstframe {

struct VolumeInfo;

/// One frame of a stream.
struct Frame {
  Section section;   // 1 channel, or R, G, B
  std::string name;  // file name of a picture ("0001.png"), "section 12"; empty for the frames of a video
};

/// A sequence of frames: one picture, the pictures of a folder in order of their names, a video file, or the sections of a
/// volume along z (other axes: open_volume).
///
/// Names are ordered byte by byte, so "10.png" comes before "2.png"; write 002 and 010. Hidden files and
/// other endings than read_picture's are passed over. Videos are read through OpenCV and FFmpeg as 8-bit R,
/// G, B, turned as their rotation mark says; sound and the time stamps of single frames are not kept.
class FrameSource {
 public:
  virtual ~FrameSource() = default;

  /// The next frame; nothing at the end.
  /// \throws FormatError when a frame cannot be decoded, or after the last whole frame of a cut video. A cut
  ///         is known from the sizes inside .mkv/.webm, .avi and .mp4/.mov files; a stream without them just
  ///         ends.
  virtual std::optional<Frame> next() = 0;

  /// Frames in all, when the source knows. For a video an estimate from its header, for progress only.
  virtual std::optional<std::int64_t> count() const = 0;
  /// Frames per second; 0 for pictures.
  virtual double rate() const { return 0; }

  enum class Kind { picture, folder, video, volume };
  virtual Kind kind() const = 0;

  /// Where the frames come from, so that a sink can refuse to overwrite them; empty when they come from no
  /// file.
  virtual std::filesystem::path path() const { return {}; }

  /// What is known of the volume that the frames are sections of; null for other kinds.
  virtual const VolumeInfo* volume() const { return nullptr; }
};

/// Opens a picture, a folder of pictures, a video file or a volume.
/// \param range  black and white, see read_picture and VolumeOptions; not for videos
/// \throws MissingFileError when there is nothing of that name, or it may not be read
/// \throws FormatError for an empty folder, a file that is neither picture nor video, and what read_picture
///         refuses
/// \throws DeviceError when OpenCV was built without FFmpeg and the file is a video
std::unique_ptr<FrameSource> open_frames(const std::filesystem::path& path,
                                         std::optional<ValueRange> range = {});

}  // namespace firstframe
