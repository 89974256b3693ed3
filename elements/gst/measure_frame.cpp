#include "elements/gst/measure_frame.h"

#include "core/base/error.h"
#include "core/colour/luma.h"
#include "core/metrics/psnr.h"
#include "core/metrics/ssim.h"
#include "elements/gst/native_samples.h"

namespace firstframe {
namespace {

class MappedFrame {
 public:
  MappedFrame(GstBuffer* buffer, const GstVideoInfo& info) {
    if (!gst_video_frame_map(&frame_, &info, buffer, GST_MAP_READ))
      throw FormatError("firstframemeasure: a frame does not hold what its caps say");
  }
  ~MappedFrame() { gst_video_frame_unmap(&frame_); }
  MappedFrame(const MappedFrame&) = delete;
  MappedFrame& operator=(const MappedFrame&) = delete;

  const GstVideoFrame& operator*() const { return frame_; }

 private:
  GstVideoFrame frame_;
};

// The luma of a frame, without a copy where the frame has such a plane in this machine's byte order.
struct Luma {
  explicit Luma(const GstVideoFrame& frame) : view(native_view(frame, made)) {
    if (view.layout.channels == 1) return;
    made = luma_of(view);
    view = made.view();
  }
  Section made;
  SectionView view;
};

}  // namespace

FrameQuality measure_frame(GstBuffer* tested, const GstVideoInfo& tested_info, GstBuffer* reference,
                           const GstVideoInfo& reference_info) {
  const MappedFrame one(tested, tested_info), other(reference, reference_info);
  const Luma restored(*one), clean(*other);
  return {psnr(restored.view, clean.view), ssim(restored.view, clean.view)};
}

}  // namespace firstframe
