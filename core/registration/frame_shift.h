#pragma once

#include <torch/torch.h>

#include <cmath>

namespace firstframe {

/// How far a scene moved from one frame to another, pixels and parts of one.
struct FrameShift {
  double down = 0;
  double across = 0;
  // `down` and `across` may come from noise alone up to here, three standard deviations at most. Far apart where
  // contours have one direction, as layers do.
  double down_error = 0;
  double across_error = 0;

  double length() const { return std::hypot(down, across); }
  double error() const { return std::hypot(down_error, across_error); }
};

/// Measures by least squares on gradients, from coarse to fine, how far `to` shows the scene of `from` moved: one
/// shift for the whole frame. Noise that the two do not share adds nothing but its error: slopes of one are multiplied
/// by slopes of the other.
///
/// Trust it to some hundredths of a pixel for small shifts, and to tell larger ones (up to a quarter of the frame)
/// from small ones. A frame without contours gives 0.
///
/// \param from, to  [rows, cols] float32
/// Source: B. D. Lucas, T. Kanade, "An Iterative Image Registration Technique", IJCAI 1981.
FrameShift frame_shift(const torch::Tensor& from, const torch::Tensor& to);

/// The plane as it would be had it moved back by `shift`: in each place the value `shift` away, by cubic
/// convolution (Keys, a = -1/2); the edge goes on as its last pixel.
torch::Tensor moved_back(const torch::Tensor& plane, const FrameShift& shift);

}  // namespace firstframe
