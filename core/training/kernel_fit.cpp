#include "core/training/kernel_fit.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/training/centred_equations.h"

namespace firstframe {
namespace {

constexpr double kRidge = 1e-6;
constexpr double kLeastError = 1e-6;  // of the degraded variance: less is rounding, and no reason for another ring
constexpr double kSameEvidence = 10;  // in units of the information criterion

std::int64_t taps_within(std::int64_t reach) { return (2 * reach + 1) * (2 * reach + 1); }

// The reach whose taps say most for their number.
std::int64_t reach_worth_it(const torch::Tensor& gains, double power, double count, std::int64_t largest, std::int64_t smallest) {
  const auto* gain = gains.data_ptr<double>();
  std::vector<double> criterion;
  double error = power;
  std::int64_t taps = 0;
  for (std::int64_t reach = 0; reach <= largest; ++reach) {
    for (; taps < taps_within(reach); ++taps) error -= gain[taps] * gain[taps];
    criterion.push_back(count * std::log(std::max(error, kLeastError * power)) + static_cast<double>(taps) * std::log(count));
  }
  const double best = *std::min_element(criterion.begin() + smallest, criterion.end());
  for (std::int64_t reach = smallest;; ++reach)
    if (criterion[static_cast<std::size_t>(reach)] <= best + kSameEvidence) return reach;
}

}  // namespace

KernelFit fit_kernel(const KernelEquations& equations, std::int64_t smallest_reach) {
  torch::NoGradGuard no_grad;
  auto [matrix, right, means, power] = centred_equations(equations);
  // A clean picture that is even where it is fitted leaves only rounding in the matrix: its taps must come to nothing.
  const double rounding = 1e-12 * equations.count * means.square().mean().item<double>();
  matrix.diagonal().add_(kRidge * std::max(matrix.diagonal().mean().item<double>(), 0.0) + rounding + 1e-300);

  const auto factor = torch::linalg_cholesky(matrix);
  const auto gains = torch::linalg_solve_triangular(factor, right.unsqueeze(1), /*upper=*/false).squeeze(1).contiguous();
  const auto reach = reach_worth_it(gains, power, equations.count, equations.reach, std::min(smallest_reach, equations.reach));
  const auto count = taps_within(reach);
  const auto kept = factor.slice(0, 0, count).slice(1, 0, count).contiguous();
  const auto first = gains.slice(0, 0, count);
  const auto solution =
      torch::linalg_solve_triangular(kept.t(), first.unsqueeze(1), /*upper=*/true).squeeze(1).contiguous();

  KernelFit fit;
  const double left = std::max(power - first.square().sum().item<double>(), 0.0);
  fit.noise_variance = left / std::max(1.0, equations.count - static_cast<double>(count) - 1);
  fit.offset = equations.degraded_sum / equations.count - solution.dot(means.slice(0, 0, count)).item<double>();

  const auto covariance = fit.noise_variance * torch::cholesky_inverse(kept);
  const auto errors = covariance.diagonal().clamp_min(0).sqrt().contiguous();
  const auto taps = taps_by_ring(reach);
  const double gain = solution.sum().item<double>();
  fit.kernel = {2 * reach + 1, std::vector<float>(taps.size())};
  fit.error.resize(taps.size());
  auto rows = torch::empty({count}, torch::kDouble), cols = torch::empty({count}, torch::kDouble);
  for (std::size_t i = 0; i < taps.size(); ++i) {
    const auto at = static_cast<std::size_t>((taps[i].row + reach) * fit.kernel.size + taps[i].col + reach);
    fit.kernel.taps[at] = static_cast<float>(solution.data_ptr<double>()[i]);
    fit.error[at] = static_cast<float>(errors.data_ptr<double>()[i]);
    rows.data_ptr<double>()[i] = static_cast<double>(taps[i].row);
    cols.data_ptr<double>()[i] = static_cast<double>(taps[i].col);
  }
  if (gain == 0) return fit;
  // The centroid is sum u h / sum h; its error to first order, the larger of the two.
  const auto along = [&](const torch::Tensor& place, double& centroid) {
    centroid = solution.dot(place).item<double>() / gain;
    const auto slope = (place - centroid) / gain;
    return std::sqrt(std::max(0.0, slope.dot(covariance.mv(slope)).item<double>()));
  };
  const double down = along(rows, fit.centroid_down), across = along(cols, fit.centroid_across);
  fit.centroid_error = std::max(down, across);
  return fit;
}

}  // namespace firstframe
