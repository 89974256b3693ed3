#include "core/training/identify.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/training/linear_fit.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLargestKernel = 25;
constexpr std::int64_t kMostPixels = 40'000;
constexpr double kNegligible = 1.01;  // growth of the unexplained variance

Region grown(const Region& region, std::int64_t by) {
  return {region.row - by, region.col - by, region.rows + 2 * by, region.cols + 2 * by};
}

struct Explanation {
  torch::Tensor predicted;  // kernel * clean + offset
  torch::Tensor rest;       // degraded - predicted
  double offset = 0;
};

Explanation explain(const TrainingPair& pair, const Region& part, Border border, const torch::Tensor& kernel) {
  const auto clean = normalised_tensor(pair.clean, grown(part, kernel.size(2) / 2), border);
  const auto degraded = normalised_tensor(pair.degraded, part, border);
  const auto blurred = torch::conv2d(clean.unsqueeze(0), kernel)[0];
  const double offset = (degraded - blurred).mean().item<double>();
  return {blurred + offset, degraded - blurred - offset, offset};
}

double variance(const torch::Tensor& rest) { return rest.square().mean().item<double>(); }

// Outer rings of taps that only noise put there cost time at every step: cut away while the rest stays as small.
torch::Tensor without_empty_rings(torch::Tensor kernel, const TrainingPair& pair, const Region& part, Border border) {
  const double least = variance(explain(pair, part, border, kernel).rest);
  while (kernel.size(2) > 1) {
    const auto inner = kernel.narrow(2, 1, kernel.size(2) - 2).narrow(3, 1, kernel.size(3) - 2).contiguous();
    if (variance(explain(pair, part, border, inner).rest) > kNegligible * least) break;
    kernel = inner;
  }
  return kernel;
}

double correlation(const torch::Tensor& rest, std::int64_t axis) {
  const auto length = rest.size(axis) - 1;
  const auto product = rest.narrow(axis, 0, length) * rest.narrow(axis, 1, length);
  return (product.mean() / rest.square().mean()).item<double>();
}

// Standard deviation of the rest in eight equally populated classes of brightness.
double slope_over_brightness(const torch::Tensor& rest, const torch::Tensor& brightness) {
  constexpr std::int64_t classes = 8;
  const auto order = brightness.flatten().argsort();
  const auto sorted = rest.flatten().index({order});
  const auto each = sorted.numel() / classes;
  double low = INFINITY, high = 0, sum = 0;
  for (std::int64_t i = 0; i < classes; ++i) {
    const double deviation = sorted.narrow(0, i * each, each).std().item<double>();
    low = std::min(low, deviation);
    high = std::max(high, deviation);
    sum += deviation / classes;
  }
  return sum > 0 ? (high - low) / sum : 0;
}

}  // namespace

IdentifiedDegradation identify_degradation(const TrainingPair& pair, const Region& part, Border border) {
  torch::NoGradGuard no_grad;
  const TrainingPair forward{pair.clean, pair.degraded};  // from clean to degraded
  auto filter = fit_linear(forward, part, kLargestKernel, border, kMostPixels);

  const auto kernel = without_empty_rings(filter.weight, pair, part, border).contiguous();
  const auto [predicted, rest, offset] = explain(pair, part, border, kernel);

  IdentifiedDegradation found;
  found.kernel = {kernel.size(2), {kernel.data_ptr<float>(), kernel.data_ptr<float>() + kernel.numel()}};
  found.offset = offset;
  found.noise.sigma = std::sqrt(variance(rest));
  const auto change = normalised_tensor(pair.degraded, part, border) - normalised_tensor(pair.clean, part, border);
  found.explained = 1 - variance(rest) / std::max(variance(change), 1e-12);
  const double down = correlation(rest, 1), across = correlation(rest, 2);
  found.noise.correlation = std::abs(down) > std::abs(across) ? down : across;
  found.noise.slope = slope_over_brightness(rest, predicted);
  return found;
}

}  // namespace firstframe
