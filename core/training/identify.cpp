#include "core/training/identify.h"

#include <algorithm>
#include <cmath>

#include "core/training/linear_fit.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLargestKernel = 25;
constexpr std::int64_t kMostPixels = 60'000;

Region grown(const Region& region, std::int64_t by) {
  return {region.row - by, region.col - by, region.rows + 2 * by, region.cols + 2 * by};
}

// Taps at the outermost ring are taken for what noise alone gives; rings no stronger than twice that are cut away.
torch::Tensor without_empty_rings(torch::Tensor kernel) {
  const auto ring_strength = [](const torch::Tensor& k) {
    const auto side = k.size(2);
    const auto inside = side > 2 ? k.narrow(2, 1, side - 2).narrow(3, 1, side - 2).square().sum() : torch::zeros({});
    return std::sqrt(std::max(0.0, (k.square().sum() - inside).item<double>()) / static_cast<double>(4 * side - 4));
  };
  const double noise = std::max(2 * ring_strength(kernel), 1e-4 * kernel.abs().max().item<double>());
  while (kernel.size(2) > 1 && ring_strength(kernel) <= noise)
    kernel = kernel.narrow(2, 1, kernel.size(2) - 2).narrow(3, 1, kernel.size(3) - 2);
  return kernel.contiguous();
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

bool IdentifiedDegradation::explains_the_pair() const {
  return std::abs(noise_correlation) < 0.1 && noise_slope < 0.5 && noise_sigma > 0;
}

IdentifiedDegradation identify_degradation(const TrainingPair& pair, const Region& part, Border border) {
  torch::NoGradGuard no_grad;
  const TrainingPair forward{pair.clean, pair.degraded};  // from clean to degraded
  auto filter = fit_linear(forward, part, kLargestKernel, border, kMostPixels);

  IdentifiedDegradation found;
  found.kernel = without_empty_rings(filter.weight);
  const auto reach = found.kernel.size(2) / 2;
  const auto clean = normalised_tensor(pair.clean, grown(part, reach), border);
  const auto degraded = normalised_tensor(pair.degraded, part, border);
  const auto predicted = torch::conv2d(clean.unsqueeze(0), found.kernel)[0];
  found.offset = (degraded - predicted).mean().item<double>();
  const auto rest = degraded - predicted - found.offset;
  found.noise_sigma = rest.std().item<double>();
  const auto inner = normalised_tensor(pair.clean, part, border);
  const double change = (degraded - inner).square().mean().item<double>();
  found.explained = change > 0 ? 1 - rest.square().mean().item<double>() / change : 0;
  const double down = correlation(rest, 1), across = correlation(rest, 2);
  found.noise_correlation = std::abs(down) > std::abs(across) ? down : across;
  found.noise_slope = slope_over_brightness(rest, predicted);
  return found;
}

}  // namespace firstframe
