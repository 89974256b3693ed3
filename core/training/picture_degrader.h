#pragma once

#include <torch/torch.h>

#include "core/degradation/identified.h"
#include "core/frame/resample.h"

namespace firstframe {

/// How a network meets degraded frames: its grid, and the filters it sees them through.
struct SeenThrough {
  Upscale upscale;                // of super-resolution; factor 1 for frames of the clean one's size
  torch::Tensor filters;          // [filters, 1, size, size], as wiener_filters makes them; undefined for none
  std::int64_t multiple = 1;      // patches begin at multiples of it
};

/// A clean picture with what a network sees of it once it is degraded, before noise.
struct BankPicture {
  torch::Tensor clean;  // [1, rows, cols], normalised
  torch::Tensor seen;   // [1 + filters, rows, cols]: kernel * clean, downscaled and upsampled, then what each filter changes of it
};

/// Degrades whole pictures as a pair was: kernel, and where frames are smaller than the clean one, downscaling, followed by
/// the bicubic upsampling that restoring begins with; then the network's filters. Pictures go on beyond their edge by
/// reflection, so that all of them can be used. Immutable; serves several threads.
class PictureDegrader {
 public:
  PictureDegrader(const IdentifiedDegradation& degradation, SeenThrough through);

  /// \param clean    [rows, cols], each more than reach()
  /// \param stretch  of the kernel, 1 for none: a kernel twice as wide for 2
  BankPicture degraded(const torch::Tensor& clean, double stretch = 1) const;

  /// Noise of the identified strength as the network sees it: [1 + filters, side, side].
  torch::Tensor noise(std::int64_t side, std::uint64_t seed) const;

  /// Pixels beyond its edge that a degraded picture depends on, while the kernel is not stretched.
  std::int64_t reach() const { return kernel_reach_ + filter_reach_; }

 private:
  torch::Tensor upsampled_small(const torch::Tensor& small, std::int64_t rows, std::int64_t cols) const;
  torch::Tensor filtered(const torch::Tensor& picture) const;

  double noise_sigma_;
  Downscale downscale_;
  double centroid_down_, centroid_across_;
  SeenThrough through_;
  torch::Tensor kernel_;       // [1, size, size]
  std::int64_t kernel_reach_;
  std::int64_t filter_reach_;  // a multiple of the factor, so that grids fall together
};

}  // namespace firstframe
