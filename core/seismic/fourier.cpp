#include "core/seismic/fourier.h"

#include <torch/torch.h>

#include <cstring>

#include "core/base/torch_threads.h"

namespace firstframe {
namespace {

std::int64_t count_of(std::size_t values, std::int64_t length) { return static_cast<std::int64_t>(values) / length; }

torch::Tensor viewed(const std::vector<double>& values, at::IntArrayRef shape) {
  return torch::from_blob(const_cast<double*>(values.data()), shape, torch::kDouble);
}

}  // namespace

std::vector<std::complex<double>> spectra_of(const std::vector<double>& signals, std::int64_t length) {
  torch::InferenceMode inference;
  TorchThreads one(1);
  const auto spectra = torch::fft::rfft(viewed(signals, {count_of(signals.size(), length), length})).contiguous();
  std::vector<std::complex<double>> result(static_cast<std::size_t>(spectra.numel()));
  std::memcpy(result.data(), spectra.data_ptr(), result.size() * sizeof(result[0]));
  return result;
}

std::vector<double> signals_of(const std::vector<std::complex<double>>& spectra, std::int64_t length) {
  torch::InferenceMode inference;
  TorchThreads one(1);
  const auto bins = length / 2 + 1;
  const auto all = torch::from_blob(const_cast<std::complex<double>*>(spectra.data()), {count_of(spectra.size(), bins), bins},
                                    torch::kComplexDouble);
  const auto signals = torch::fft::irfft(all, length).contiguous();
  const auto* first = signals.data_ptr<double>();
  return {first, first + signals.numel()};
}

std::vector<double> amplitudes_2d(const std::vector<double>& matrix, std::int64_t rows, std::int64_t cols) {
  torch::InferenceMode inference;
  TorchThreads one(1);
  // The halved axis is the last one of the transform: time.
  const auto spectrum = torch::fft::rfft2(viewed(matrix, {rows, cols}), c10::nullopt, {1, 0});
  const auto amplitudes = torch::fft::fftshift(spectrum.abs(), {1}).contiguous();
  const auto* first = amplitudes.data_ptr<double>();
  return {first, first + amplitudes.numel()};
}

std::vector<double> with_amplitudes_of(const std::vector<double>& phases, const std::vector<double>& amplitudes, std::int64_t rows,
                                       std::int64_t cols) {
  torch::InferenceMode inference;
  TorchThreads one(1);
  const auto spectrum = torch::fft::rfft2(viewed(phases, {rows, cols}));
  const auto wanted = torch::fft::rfft2(viewed(amplitudes, {rows, cols})).abs();
  const auto turned = spectrum / spectrum.abs().clamp_min(1e-300) * wanted;
  const auto matrix = torch::fft::irfft2(turned, at::IntArrayRef{rows, cols}).contiguous();
  const auto* first = matrix.data_ptr<double>();
  return {first, first + matrix.numel()};
}

std::int64_t fast_length(std::int64_t least) {
  for (std::int64_t length = least;; ++length) {
    auto rest = length;
    for (const std::int64_t factor : {2, 3, 5})
      while (rest % factor == 0) rest /= factor;
    if (rest == 1) return length;
  }
}

}  // namespace firstframe
