#pragma once

#include <torch/torch.h>

namespace firstframe {

/// Applies kernels to a picture by correlation, as conv2d without padding does, by FFT: large kernels cost no more than
/// small ones.
///
/// \param picture  [rows, cols] float32
/// \param kernels  [kernels, size, size], size odd
/// \return [kernels, rows - size + 1, cols - size + 1]
torch::Tensor correlate(const torch::Tensor& picture, const torch::Tensor& kernels);

}  // namespace firstframe
