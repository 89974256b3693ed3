#include "io/picture/quiet_opencv.h"

#include <cstdlib>
#include <opencv2/core/utils/logger.hpp>

namespace firstframe {

void quiet_opencv() {
  static const bool once = [] {
    if (std::getenv("OPENCV_LOG_LEVEL") == nullptr)
      cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    // OpenCV hands this to av_log_set_level when it first opens a video; -8 is AV_LOG_QUIET.
    ::setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", /*overwrite=*/0);
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace firstframe
