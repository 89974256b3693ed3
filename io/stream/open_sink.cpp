#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/picture.h"
#include "io/stream/same_place.h"
#include "io/stream/sinks.h"
#include "io/volume/volume_frames.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr auto kPictures = ".png, .jpg, .tif, .bmp, .pgm or .ppm";
constexpr auto kVideos = ".mkv, .avi or .mp4";

void refuse_picture_name(const fs::path& path, FrameSource::Kind kind) {
  if (kind == FrameSource::Kind::picture) return;
  throw ArgumentError(text(path.string(), ": one picture cannot hold the frames of a ",
                           kind == FrameSource::Kind::folder ? "folder" : "video",
                           "; name a folder or a video (", kVideos, ")"));
}

}  // namespace

std::unique_ptr<FrameSink> open_sink(const fs::path& path, const FrameSource& source, double rate) {
  const auto from = source.path();
  const bool is_one_picture = source.kind() == FrameSource::Kind::picture;
  if (is_same_place(path, from))
    throw ArgumentError(
        text(path.string(), ": is the input itself, which is not overwritten; choose another name"));

  const bool is_folder = fs::is_directory(path) || !path.has_filename();
  if (const auto* volume = source.volume(); volume && !is_folder && !is_video_name(path))
    return open_volume_frame_sink(path, *volume, from);

  // "restored.1/" is a folder by its slash, "restored" by having no ending.
  if (is_folder || (path.extension().empty() && !is_one_picture))
    return open_folder_sink(path, source.kind() >= FrameSource::Kind::video ? fs::path()
                                  : is_one_picture                          ? from.parent_path()
                                                                            : from);
  if (is_picture_name(path)) {
    refuse_picture_name(path, source.kind());
    return open_picture_sink(path);
  }
  if (is_video_name(path) && !is_one_picture) {
    if (source.rate() > 0) rate = source.rate();
    if (!std::isfinite(rate) || rate <= 0)
      throw ArgumentError(
          text(path.string(), ": ", rate, " frames per second make no video; use a number above 0"));
    return open_video_sink(path, rate);
  }
  throw ArgumentError(is_one_picture
                          ? text(path.string(), ": the name of a picture was expected; use ", kPictures)
                          : text(path.string(), ": the ending \"", path.extension().string(),
                                 "\" is not known; use ", kVideos,
                                 " for a video, or a folder's name with a slash"));
}

}  // namespace firstframe
