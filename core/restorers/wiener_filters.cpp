#include "core/restorers/wiener_filters.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace firstframe {
namespace {

constexpr std::int64_t kGrid = 128;  // pixels; frequencies are sampled this finely

// Regularisation in units of the noise variance. A natural picture holds about 1/200 of full range squared at the
// frequencies where a blur of one or two pixels ends; ten times more is the cautious filter.
constexpr double kBold = 200;
constexpr double kCautious = 2000;

// Half a cosine period, square-rooted: flat in the middle, zero just outside.
torch::Tensor window() {
  const auto reach = kWienerSize / 2;
  const auto at = torch::arange(-reach, reach + 1, torch::kDouble);
  const auto line = torch::cos(at * (std::numbers::pi / static_cast<double>(kWienerSize + 1))).sqrt();
  return torch::outer(line, line);
}

}  // namespace

torch::Tensor wiener_filters(const IdentifiedDegradation& degradation) {
  torch::NoGradGuard no_grad;
  const auto& kernel = degradation.kernel;
  auto taps = torch::zeros({kGrid, kGrid}, torch::kDouble);
  taps.narrow(0, 0, kernel.size)
      .narrow(1, 0, kernel.size)
      .copy_(torch::tensor(at::ArrayRef<float>(kernel.taps)).reshape({kernel.size, kernel.size}));
  // conv2d correlates: the spectrum it multiplies by is the conjugate of the taps' own.
  const auto spectrum = torch::fft::fft2(taps.roll({-kernel.reach(), -kernel.reach()}, {0, 1})).conj();
  const auto power = spectrum.abs().square();
  if (power.min().item<double>() > 0.25 * power.max().item<double>()) return torch::empty({0, 1, kWienerSize, kWienerSize});

  std::vector<torch::Tensor> filters;
  for (const double caution : {kBold, kCautious}) {
    const double regularisation = std::clamp(caution * degradation.noise.sigma * degradation.noise.sigma, 1e-4, 0.3);
    const auto inverse = torch::real(torch::fft::ifft2(spectrum.conj() / (power + regularisation)));
    const auto first = kGrid / 2 - kWienerSize / 2;
    const auto centred = torch::fft::fftshift(inverse).narrow(0, first, kWienerSize).narrow(1, first, kWienerSize);
    const auto filter = centred.flip({0, 1}) * window();  // flipped: applied by correlation
    filters.push_back((filter / filter.sum()).to(torch::kFloat32).unsqueeze(0));
  }
  return torch::stack(filters);
}

}  // namespace firstframe
