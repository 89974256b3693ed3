#include <opencv2/videoio.hpp>
#include <opencv2/videoio/registry.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_draft.h"
#include "io/files/free_space.h"
#include "io/picture/picture_format.h"
#include "io/picture/quiet_opencv.h"
#include "io/picture/section_mat.h"
#include "io/stream/sinks.h"
#include "io/stream/video_check.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr auto kUsePictures = "; restore into a folder of pictures instead";

// FFV1 keeps every bit; the other two are for players and for small files.
int codec_for(const fs::path& path) {
  const auto ending = small_ending(path);
  if (ending == ".mkv") return cv::VideoWriter::fourcc('F', 'F', 'V', '1');
  if (ending == ".avi") return cv::VideoWriter::fourcc('M', 'J', 'P', 'G');
  if (ending == ".mp4") return cv::VideoWriter::fourcc('m', 'p', '4', 'v');
  return 0;
}

std::string described(const Layout& layout) {
  return text(name_of(layout.extent), " with ", layout.channels, " channel", layout.channels == 1 ? "" : "s");
}

class VideoSink final : public FrameSink {
 public:
  VideoSink(const fs::path& path, double rate) : rate_(rate), draft_(path) {
    if (!cv::videoio_registry::hasBackend(cv::CAP_FFMPEG))
      throw DeviceError(
          text(path.string(), ": OpenCV was built without FFmpeg and writes no video here", kUsePictures));
  }

  void write(const Frame& frame) override {
    const auto& layout = frame.section.layout();
    if (frames_ == 0)
      begin(layout);
    else
      refuse_change(layout);
    // The writer does not say when the disk is full, so we look before each frame: one frame uncompressed,
    // and room for the index that is written last.
    const auto frame_bytes = static_cast<std::uintmax_t>(frame.section.size_in_bytes());
    require_space(draft_.path(), frame_bytes + kIndexBytes + static_cast<std::uintmax_t>(frames_) * 64,
                  name());
    video_.write(mat_of(frame.section.view()));
    ++frames_;
  }

  void finish() override {
    if (frames_ == 0) throw FormatError(text(name().string(), ": no frame came, nothing is written"));
    video_.release();
    const auto wrong = what_is_wrong_with_video(draft_.path(), frames_);
    if (!wrong.empty())
      throw OutputError(
          text(name().string(), ": the video was not written whole: ", wrong, "; is the disk full?"));
    draft_.publish();
  }

 private:
  static constexpr std::uintmax_t kIndexBytes = 64 << 10;

  const fs::path& name() const { return draft_.target(); }

  void begin(const Layout& layout) {
    if (layout.type != SampleType::uint8)
      throw FormatError(text(name().string(), ": a video holds uint8 frames, these are ",
                             name_of(layout.type),
                             "; restore into a folder of 16-bit PNG or float TIFF pictures instead"));
    if (layout.channels != 1 && layout.channels != 3)
      throw FormatError(
          text(name().string(), ": a video holds frames of 1 or 3 channels, these have ", layout.channels));
    // OpenCV would drop the odd row or column without a word.
    if (layout.extent.rows % 2 != 0 || layout.extent.cols % 2 != 0)
      throw FormatError(text(name().string(), ": frames of ", name_of(layout.extent),
                             " do not fit a video, whose rows and columns are even", kUsePictures));
    const cv::Size size(static_cast<int>(layout.extent.cols), static_cast<int>(layout.extent.rows));
    if (!video_.open(fs::absolute(draft_.path()).string(), cv::CAP_FFMPEG, codec_for(name()), rate_, size,
                     /*isColor=*/layout.channels == 3))
      throw OutputError(text(name().string(), ": the encoder does not accept ", described(layout), " at ",
                             rate_, " frames per second", kUsePictures));
    first_ = layout;
  }

  void refuse_change(const Layout& layout) const {
    if (layout.extent == first_.extent && layout.channels == first_.channels && layout.type == first_.type)
      return;
    throw FormatError(text(name().string(), ": frame ", frames_ + 1, " is ", described(layout), ", ",
                           name_of(layout.type), "; the frames before it are ", described(first_), ", ",
                           name_of(first_.type), "; a video holds one size only"));
  }

  double rate_;
  FileDraft draft_;
  cv::VideoWriter video_;  // after the draft, so that it is closed before the draft is deleted
  Layout first_;
  std::int64_t frames_ = 0;
};

}  // namespace

bool is_video_name(const fs::path& path) { return codec_for(path) != 0; }

std::unique_ptr<FrameSink> open_video_sink(const fs::path& path, double rate) {
  quiet_opencv();
  return std::make_unique<VideoSink>(path, rate);
}

}  // namespace firstframe
