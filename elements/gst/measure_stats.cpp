#include "elements/gst/measure_stats.h"

#include <cmath>

namespace firstframe {

void MeasureStats::add(const FrameQuality& quality, GstClockTime running_time) {
  ++frames_;
  ssim_sum_ += quality.ssim;
  if (std::isinf(quality.psnr)) {
    ++identical_;
    return;
  }
  const bool is_first = frames_ == identical_ + 1;
  if (is_first || quality.psnr < least_psnr_) {
    least_psnr_ = quality.psnr;
    least_psnr_time_ = running_time;
  }
  psnr_sum_ += quality.psnr;
}

GstStructure* MeasureStats::structure(const char* name) const {
  auto* result = gst_structure_new(name, "frames", G_TYPE_UINT64, frames_, "identical", G_TYPE_UINT64,
                                   identical_, "unmatched", G_TYPE_UINT64, unmatched_, "unmatched-reference",
                                   G_TYPE_UINT64, unmatched_reference_, nullptr);
  if (frames_ > 0)
    gst_structure_set(result, "mean-ssim", G_TYPE_DOUBLE, ssim_sum_ / static_cast<double>(frames_), nullptr);
  if (frames_ > identical_)
    gst_structure_set(result, "mean-psnr", G_TYPE_DOUBLE,
                      psnr_sum_ / static_cast<double>(frames_ - identical_), "min-psnr", G_TYPE_DOUBLE,
                      least_psnr_, "min-psnr-time", GST_TYPE_CLOCK_TIME, least_psnr_time_, nullptr);
  return result;
}

}  // namespace firstframe
