#pragma once

#include <torch/torch.h>

#include <mutex>

#include "core/degradation/kernel.h"
#include "core/frame/section.h"

namespace firstframe {

/// Real planes and their spectra: [rows, cols] float32 <-> [rows, cols / 2 + 1] complex64, as torch::fft::rfft2.
torch::Tensor spectrum_of(const torch::Tensor& plane);
torch::Tensor plane_of(const torch::Tensor& spectrum, Extent extent);

/// A kernel's effect on spectra of periodic planes: spectrum(blurred) = transfer * spectrum(sharp).
class PlaneBlur {
 public:
  explicit PlaneBlur(Kernel kernel) : kernel_(std::move(kernel)) {}

  /// [rows, cols / 2 + 1] complex64. That of the last extent is kept: all tiles of a section have one extent.
  /// Safe to call from any thread.
  torch::Tensor transfer(Extent extent) const;

 private:
  Kernel kernel_;
  mutable std::mutex lock_;  // guards the two below
  mutable Extent extent_;
  mutable torch::Tensor transfer_;
};

}  // namespace firstframe
