#include "core/training/correlate.h"

#include <vector>

namespace firstframe {
namespace {

// At least `length`, with small prime factors only.
std::int64_t fft_length(std::int64_t length) {
  for (;; ++length) {
    auto rest = length;
    for (const std::int64_t prime : {2, 3, 5})
      while (rest % prime == 0) rest /= prime;
    if (rest == 1) return length;
  }
}

}  // namespace

torch::Tensor correlate(const torch::Tensor& picture, const torch::Tensor& kernels) {
  const auto rows = picture.size(0), cols = picture.size(1), size = kernels.size(1);
  const std::vector<std::int64_t> lengths{fft_length(rows), fft_length(cols)};
  const auto responses = torch::fft::rfft2(kernels, lengths).conj();
  const auto all = torch::fft::irfft2(torch::fft::rfft2(picture, lengths) * responses, lengths);
  return all.narrow(1, 0, rows - size + 1).narrow(2, 0, cols - size + 1);
}

}  // namespace firstframe
