#include "core/training/gaussian_fit.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/training/centred_equations.h"

namespace firstframe {
namespace {

constexpr double kNarrowest = 0.4;  // pixels: below, a sampled Gaussian is one tap
constexpr double kReachOfSigma = 4;
constexpr int kMostSteps = 30;
constexpr double kEnough = 1e-5;       // pixels: a step that is no step
constexpr double kDamping = 1e-8;      // of the largest diagonal entry
constexpr double kDeviations = 3;      // of the chi-squared test
constexpr double kLeastError = 1e-6;   // of the degraded variance: less is rounding

enum Unknown { kSigma, kDown, kAcross, kGain, kUnknowns };
using Gaussian = std::array<double, kUnknowns>;

torch::Tensor taps_of(const Gaussian& gaussian, const std::vector<Tap>& places) {
  auto taps = torch::empty({static_cast<std::int64_t>(places.size())}, torch::kDouble);
  auto* tap = taps.data_ptr<double>();
  for (const auto& place : places) {
    const double down = (static_cast<double>(place.row) - gaussian[kDown]) / gaussian[kSigma];
    const double across = (static_cast<double>(place.col) - gaussian[kAcross]) / gaussian[kSigma];
    *tap++ = std::exp(-0.5 * (down * down + across * across));
  }
  return taps * (gaussian[kGain] / taps.sum());
}

// [unknowns, taps], by central differences: the taps are smooth in all of them.
torch::Tensor slopes_of(const Gaussian& gaussian, const std::vector<Tap>& places) {
  constexpr double step = 1e-4;
  std::vector<torch::Tensor> slopes;
  for (int i = 0; i < kUnknowns; ++i) {
    Gaussian less = gaussian, more = gaussian;
    less[i] -= step;
    more[i] += step;
    slopes.push_back((taps_of(more, places) - taps_of(less, places)) / (2 * step));
  }
  return torch::stack(slopes);
}

// Damped a little: a scene of stripes tells nothing of the centre along them.
torch::Tensor normal_matrix(const CentredEquations& equations, const torch::Tensor& slopes) {
  auto normal = slopes.matmul(equations.matrix).matmul(slopes.t());
  normal.diagonal().add_(kDamping * normal.diagonal().max() + 1e-300);
  return normal;
}

// Where the search begins: the free kernel's own gain, centre and concentration.
Gaussian moments_of(const KernelFit& free) {
  double gain = 0, squares = 0;
  for (std::size_t i = 0; i < free.kernel.taps.size(); ++i) {
    gain += free.kernel.taps[i];
    squares += free.kernel.taps[i] * free.kernel.taps[i] - free.error[i] * free.error[i];
  }
  const double sigma = squares > 0 ? std::abs(gain) / std::sqrt(4 * std::numbers::pi * squares) : 0;
  return {std::clamp(sigma, kNarrowest, static_cast<double>(free.kernel.reach())), free.centroid_down, free.centroid_across, gain};
}

// The least of the squared error from `start` on; nothing when it runs off.
std::optional<Gaussian> descended(const CentredEquations& equations, Gaussian start, const std::vector<Tap>& places,
                                  std::int64_t reach) {
  double error = equations.squared_error(taps_of(start, places));
  for (int step = 0; step < kMostSteps; ++step) {
    const auto slopes = slopes_of(start, places);
    const auto towards = slopes.mv(equations.right - equations.matrix.mv(taps_of(start, places)));
    const auto change = torch::linalg_solve(normal_matrix(equations, slopes), towards).contiguous();
    double length = 1;
    Gaussian next{};
    for (;; length /= 2) {
      if (length < 1e-3) return start;
      for (int i = 0; i < kUnknowns; ++i) next[i] = start[i] + length * change.data_ptr<double>()[i];
      if (next[kSigma] < kNarrowest / 2) continue;
      const double lower = equations.squared_error(taps_of(next, places));
      if (!(lower <= error)) continue;
      error = lower;
      break;
    }
    start = next;
    const double farthest = std::max({start[kSigma] / 2, std::abs(start[kDown]), std::abs(start[kAcross])});
    if (!std::isfinite(error) || farthest > static_cast<double>(reach)) return {};
    if (length * change.abs().max().item<double>() < kEnough) break;
  }
  return start;
}

}  // namespace

std::optional<KernelFit> fit_gaussian(const KernelEquations& equations, const KernelFit& free) {
  torch::NoGradGuard no_grad;
  if (free.kernel.size == 1) return {};
  const auto centred = centred_equations(equations);
  const auto places = taps_by_ring(equations.reach);
  const auto gaussian = descended(centred, moments_of(free), places, equations.reach);
  if (!gaussian || (*gaussian)[kSigma] < kNarrowest) return {};

  const auto all = static_cast<std::int64_t>(places.size());
  auto free_taps = torch::zeros({all}, torch::kDouble);
  for (std::int64_t i = 0; i < free.kernel.size * free.kernel.size; ++i)
    free_taps.data_ptr<double>()[i] = free.kernel.at(places[static_cast<std::size_t>(i)].row, places[static_cast<std::size_t>(i)].col);
  const auto taps = taps_of(*gaussian, places);
  const double worse = centred.squared_error(taps) - centred.squared_error(free_taps);
  const double fewer = static_cast<double>(free.kernel.size * free.kernel.size - kUnknowns);
  const double accepted = free.noise_variance * (fewer + kDeviations * std::sqrt(2 * fewer));
  if (worse > std::max(accepted, kLeastError * centred.power)) return {};

  KernelFit fit = free;
  const auto slopes = slopes_of(*gaussian, places);
  const auto covariance = free.noise_variance * torch::linalg_inv(normal_matrix(centred, slopes));
  const auto errors = covariance.matmul(slopes).mul(slopes).sum(0).clamp_min(0).sqrt().contiguous();
  const auto unknown_errors = covariance.diagonal().clamp_min(0).sqrt().contiguous();
  fit.gaussian = GaussianBlur{(*gaussian)[kSigma], unknown_errors.data_ptr<double>()[kSigma]};
  fit.centroid_down = (*gaussian)[kDown];
  fit.centroid_across = (*gaussian)[kAcross];
  fit.centroid_error = std::max(unknown_errors.data_ptr<double>()[kDown], unknown_errors.data_ptr<double>()[kAcross]);
  fit.offset = (equations.degraded_sum - taps.dot(centred.means).item<double>() * equations.count) / equations.count;

  const double shift = std::max(std::abs((*gaussian)[kDown]), std::abs((*gaussian)[kAcross]));
  const auto reach = std::min(equations.reach, static_cast<std::int64_t>(std::ceil(kReachOfSigma * (*gaussian)[kSigma] + shift)));
  fit.kernel = {2 * reach + 1, std::vector<float>(static_cast<std::size_t>((2 * reach + 1) * (2 * reach + 1)))};
  fit.error.resize(fit.kernel.taps.size());
  for (std::size_t i = 0; i < fit.kernel.taps.size(); ++i) {
    const auto at = static_cast<std::size_t>((places[i].row + reach) * fit.kernel.size + places[i].col + reach);
    fit.kernel.taps[at] = static_cast<float>(taps.data_ptr<double>()[i]);
    fit.error[at] = static_cast<float>(errors.data_ptr<double>()[i]);
  }
  return fit;
}

KernelFit fit_blur(const KernelEquations& equations) {
  const auto free = fit_kernel(equations);
  return fit_gaussian(equations, free).value_or(free);
}

}  // namespace firstframe
