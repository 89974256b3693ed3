#include <cmath>
#include <opencv2/videoio.hpp>
#include <opencv2/videoio/registry.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/quiet_opencv.h"
#include "io/picture/section_mat.h"
#include "io/stream/container_size.h"
#include "io/stream/sources.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// "has 5 of 9 bytes" for a file that ends early, "" for a whole one.
std::string how_cut(const fs::path& path) {
  const auto promised = promised_size(path);
  const auto found = fs::file_size(path);
  return promised && found < *promised ? text("has ", found, " of ", *promised, " bytes") : "";
}

class VideoSource final : public FrameSource {
 public:
  explicit VideoSource(const fs::path& path) : path_(path), how_cut_(how_cut(path)) {
    // An absolute name, because FFmpeg takes "a:b.avi" for a protocol a.
    if (!video_.open(fs::absolute(path).string(), cv::CAP_FFMPEG)) refuse_unopened();
    // The last frame before a cut may be half a frame and still decode, so a cut file is read one frame
    // ahead.
    if (!how_cut_.empty()) is_ahead_ = video_.read(ahead_);
  }

  std::optional<Frame> next() override {
    cv::Mat pixels;
    if (!video_.read(pixels)) return end();
    if (is_ahead_) std::swap(pixels, ahead_);
    ++frames_;
    if (pixels.type() != CV_8UC3)
      throw FormatError(text(path_.string(), ": frame ", frames_, " decodes to ",
                             cv::typeToString(pixels.type()), "; 8-bit colour was expected"));
    return Frame{section_of(pixels), ""};
  }

  std::optional<std::int64_t> count() const override {
    const double frames = video_.get(cv::CAP_PROP_FRAME_COUNT);  // negative or huge when the header has none
    if (frames < 1 || frames > 1e9) return std::nullopt;
    return std::llround(frames);
  }

  double rate() const override {
    const double rate = video_.get(cv::CAP_PROP_FPS);
    return std::isfinite(rate) && rate > 0 ? rate : 0;
  }

  Kind kind() const override { return Kind::video; }
  fs::path path() const override { return path_; }

 private:
  [[noreturn]] void refuse_unopened() const {
    if (!cv::videoio_registry::hasBackend(cv::CAP_FFMPEG))
      throw DeviceError(text(path_.string(), ": OpenCV was built without FFmpeg and reads no video here"));
    if (!how_cut_.empty())
      throw FormatError(text(path_.string(), ": the video is cut: it ", how_cut_,
                             " and cannot be opened; copy it "
                             "again"));
    throw FormatError(text(path_.string(), ": is neither a picture nor a video that can be decoded"));
  }

  std::optional<Frame> end() const {
    if (!how_cut_.empty())
      throw FormatError(text(path_.string(), ": the video is cut: it ", how_cut_, ", ", frames_,
                             " whole frames could be read; copy it again"));
    if (frames_ == 0)
      throw FormatError(text(path_.string(), ": the video holds no frame that can be decoded"));
    return std::nullopt;
  }

  fs::path path_;
  std::string how_cut_;
  cv::VideoCapture video_;
  cv::Mat ahead_;
  bool is_ahead_ = false;
  std::int64_t frames_ = 0;
};

}  // namespace

std::unique_ptr<FrameSource> open_video_source(const fs::path& path) {
  quiet_opencv();
  return std::make_unique<VideoSource>(path);
}

}  // namespace firstframe
