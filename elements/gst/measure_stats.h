#pragma once

#include <gst/gst.h>

#include <cstdint>

namespace firstframe {

/// How close a tested frame is to its reference, on full-range luma.
struct FrameQuality {
  double psnr = 0;  // dB; infinity for identical frames
  double ssim = 0;
};

/// Averages over the frames of a stream.
///
/// Identical frames have no finite PSNR: they are counted, and left out of its mean and minimum.
class MeasureStats {
 public:
  void add(const FrameQuality& quality, GstClockTime running_time);
  /// A tested frame passed without a reference.
  void add_unmatched() { ++unmatched_; }
  /// A frame of the reference found no tested one.
  void add_unmatched_reference() { ++unmatched_reference_; }

  std::uint64_t frames() const { return frames_; }

  /// frames, identical, unmatched, unmatched-reference (uint64); mean-ssim (double) when a frame was measured; mean-psnr,
  /// min-psnr (double, dB) and min-psnr-time (uint64, running time in ns) when one differed.
  /// \return the caller's own
  GstStructure* structure(const char* name) const;

 private:
  std::uint64_t frames_ = 0, identical_ = 0, unmatched_ = 0, unmatched_reference_ = 0;
  double psnr_sum_ = 0, ssim_sum_ = 0;
  double least_psnr_ = 0;
  GstClockTime least_psnr_time_ = 0;
};

}  // namespace firstframe
