#include "core/restorers/classical/plane_blur.h"

#include "core/frame/border.h"

namespace firstframe {

torch::Tensor spectrum_of(const torch::Tensor& plane) { return torch::fft::rfft2(plane); }

torch::Tensor plane_of(const torch::Tensor& spectrum, Extent extent) {
  return torch::fft::irfft2(spectrum, at::IntArrayRef{extent.rows, extent.cols});
}

torch::Tensor PlaneBlur::transfer(Extent extent) const {
  const std::lock_guard guard(lock_);
  if (transfer_.defined() && extent_ == extent) return transfer_;
  // What a single bright pixel at the origin becomes; a kernel wider than the plane wraps around more than once.
  auto point = torch::zeros({extent.rows, extent.cols});
  auto* pixels = point.data_ptr<float>();
  for (std::int64_t y = -kernel_.reach(); y <= kernel_.reach(); ++y)
    for (std::int64_t x = -kernel_.reach(); x <= kernel_.reach(); ++x)
      pixels[border_index(-y, extent.rows, Border::circular) * extent.cols +
             border_index(-x, extent.cols, Border::circular)] += kernel_.at(y, x);
  transfer_ = spectrum_of(point);
  extent_ = extent;
  return transfer_;
}

}  // namespace firstframe
