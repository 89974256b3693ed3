#include <algorithm>
#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/picture/picture.h"
#include "io/picture/picture_kind.h"
#include "io/stream/sources.h"
#include "io/volume/volume_frames.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// FFmpeg draws any text as a film of letters, and follows play lists wherever they lead. We hand it neither.
bool is_text(const std::vector<std::byte>& head) {
  const std::string_view begin(reinterpret_cast<const char*>(head.data()), head.size());
  if (begin.starts_with("YUV4MPEG2 ")) return false;  // the one video format whose header is text
  return std::none_of(begin.begin(), begin.end(),
                      [](unsigned char c) { return c < 9 || (c > 13 && c < 32); });
}

}  // namespace

std::unique_ptr<FrameSource> open_frames(const fs::path& path, std::optional<ValueRange> range) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw MissingFileError(text(path.string(), ": there is no such file or folder"));
  const bool is_folder = fs::is_directory(status);
  if (!is_folder && !fs::is_regular_file(status))
    throw FormatError(text(path.string(),
                           ": is neither a file nor a folder; give a picture, a folder of pictures or "
                           "a video file"));
  if (is_volume(path)) {
    VolumeOptions options;
    options.range = range;
    return open_volume_frames(path, options);
  }
  if (is_folder) return open_folder_source(path, range);

  const auto head = read_bytes(path, 512);
  if (head.empty())
    throw FormatError(text(path.string(), ": the file is empty; a picture or a video was expected"));
  // By content first: what a name says is often wrong, and FFmpeg would take a picture for a film of one
  // frame.
  if (picture_kind(head) || is_picture_name(path)) return open_picture_source(path, range);
  if (is_text(head)) throw FormatError(text(path.string(), ": is neither a picture nor a video"));
  return open_video_source(path);
}

}  // namespace firstframe
