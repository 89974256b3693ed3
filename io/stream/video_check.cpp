#include "io/stream/video_check.h"

#include <cmath>
#include <opencv2/videoio.hpp>

#include "core/base/text.h"
#include "io/stream/container_size.h"

namespace firstframe {

std::string what_is_wrong_with_video(const std::filesystem::path& path, std::int64_t frames) {
  const auto size = std::filesystem::file_size(path);
  const auto promised = promised_size(path);
  // The writer fills in the sizes last, so without them it never came to its end.
  if (!promised) return text("its header was not completed (", size, " bytes)");
  if (size < *promised) return text("it has ", size, " of ", *promised, " bytes");

  cv::VideoCapture video(std::filesystem::absolute(path).string(), cv::CAP_FFMPEG);
  cv::Mat first;
  if (!video.isOpened() || !video.read(first)) return "its first frame cannot be read back";
  // Matroska states a duration in milliseconds, not a count: at high rates it rounds by some frames.
  const double tolerance = 1 + 0.002 * video.get(cv::CAP_PROP_FPS) + 0.001 * static_cast<double>(frames);
  const double found = video.get(cv::CAP_PROP_FRAME_COUNT);
  if (std::abs(found - static_cast<double>(frames)) > tolerance)
    return text("it states ", found, " frames, ", frames, " were written");
  return "";
}

}  // namespace firstframe
