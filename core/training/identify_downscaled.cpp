#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/explained_pair.h"
#include "core/training/identify.h"
#include "core/training/gaussian_fit.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLargestFactor = 4;
constexpr std::int64_t kLargestReach = 15;  // clean pixels
constexpr std::int64_t kSmallestSide = 16;  // pixels of the degraded section
constexpr double kMostPixels = 20'000;      // of the degraded section

// Rows or columns that are left of `length` when every `factor`-th is kept from `phase` on.
std::int64_t kept(std::int64_t length, std::int64_t factor, std::int64_t phase) { return (length - phase + factor - 1) / factor; }

bool some_phase_fits(std::int64_t degraded, std::int64_t clean, std::int64_t factor) {
  return kept(clean, factor, 0) == degraded || kept(clean, factor, factor - 1) == degraded;
}

// The phase nearest to where the kernel looks that leaves as many pixels as there are.
std::int64_t fitting_phase(double looks_at, std::int64_t degraded, std::int64_t clean, std::int64_t factor) {
  std::int64_t best = -1;
  for (std::int64_t phase = 0; phase < factor; ++phase) {
    if (kept(clean, factor, phase) != degraded) continue;
    if (best < 0 || std::abs(static_cast<double>(phase) - looks_at) < std::abs(static_cast<double>(best) - looks_at)) best = phase;
  }
  return best;
}

// One line of clean neighbours per degraded pixel, and their products: the pixels are few.
KernelEquations downscaled_equations(const Section& degraded, const Section& clean, const Downscale& downscale,
                                     std::int64_t reach) {
  const auto factor = downscale.factor, size = 2 * reach + 1;
  const auto all = degraded.extent();
  // Only pixels whose taps lie inside the clean section.
  const auto first = [&](std::int64_t phase) { return std::max<std::int64_t>(0, (reach - phase + factor - 1) / factor); };
  const auto last = [&](std::int64_t phase, std::int64_t length, std::int64_t kept_length) {
    return std::min(kept_length - 1, (length - 1 - reach - phase) / factor);
  };
  const auto row = first(downscale.row_phase), col = first(downscale.col_phase);
  const auto rows = last(downscale.row_phase, clean.extent().rows, all.rows) - row + 1;
  const auto cols = last(downscale.col_phase, clean.extent().cols, all.cols) - col + 1;
  const auto every = std::max<std::int64_t>(1, std::lround(static_cast<double>(rows * cols) / kMostPixels));

  const auto taps = taps_by_ring(reach);
  const auto count = static_cast<std::int64_t>(taps.size());
  std::vector<std::int64_t> order;  // of a neighbourhood read row by row
  for (const auto& tap : taps) order.push_back((tap.row + reach) * size + tap.col + reach);
  const auto by_ring = torch::tensor(order, torch::kLong);

  auto products = torch::zeros({count, count}, torch::kDouble);
  auto right = torch::zeros({count}, torch::kDouble), sums = torch::zeros({count}, torch::kDouble);
  KernelEquations equations;
  equations.reach = reach;
  for (std::int64_t r = row; r < row + rows; r += every) {
    const Region seen{factor * r + downscale.row_phase - reach, factor * col + downscale.col_phase - reach, size,
                      factor * (cols - 1) + size};
    const auto lines = normalised_tensor(clean, seen, Border::reflect)[0]
                           .unfold(1, size, factor)  // [size, cols, size]
                           .permute({1, 0, 2})
                           .reshape({cols, size * size})
                           .index_select(1, by_ring)
                           .to(torch::kDouble);
    const auto values = normalised_tensor(degraded, {r, col, 1, cols}, Border::reflect).flatten().to(torch::kDouble);
    products.addmm_(lines.t(), lines);
    right += lines.t().mv(values);
    sums += lines.sum(0);
    equations.count += static_cast<double>(cols);
    equations.degraded_sum += values.sum().item<double>();
    equations.degraded_power += values.square().sum().item<double>();
  }
  const auto copied = [](const torch::Tensor& tensor) {
    return std::vector<double>(tensor.data_ptr<double>(), tensor.data_ptr<double>() + tensor.numel());
  };
  equations.products = copied(products);
  equations.right = copied(right);
  equations.sums = copied(sums);
  return equations;
}

std::int64_t reach_for(Extent degraded, Extent clean, std::int64_t factor) {
  std::int64_t reach = kLargestReach;
  for (; reach > factor; --reach) {
    const auto taps = (2 * reach + 1) * (2 * reach + 1);
    const auto left = (degraded.rows - 2 * reach / factor) * (degraded.cols - 2 * reach / factor);
    if (6 * reach <= std::min(clean.rows, clean.cols) && left >= 4 * taps) break;
  }
  return reach;
}

}  // namespace

std::int64_t downscale_factor(Extent degraded, Extent clean) {
  for (std::int64_t factor = 2; factor <= kLargestFactor; ++factor)
    if (some_phase_fits(degraded.rows, clean.rows, factor) && some_phase_fits(degraded.cols, clean.cols, factor)) return factor;
  return 0;
}

bool can_identify(Extent degraded) { return std::min(degraded.rows, degraded.cols) >= kSmallestSide; }

IdentifiedDegradation identify_downscaled(const Section& degraded, const Section& clean) {
  torch::NoGradGuard no_grad;
  const auto small = degraded.extent(), large = clean.extent();
  const auto factor = downscale_factor(small, large);
  if (factor == 0)
    throw FormatError(text("identify: degraded is ", name_of(small), ", clean is ", name_of(large),
                           "; the clean one must be as large, or 2, 3 or 4 times as large"));
  if (!can_identify(small))
    throw FormatError(text("identify: ", name_of(small), " pixels are too few to tell a downscaling; use at least ", kSmallestSide,
                           " x ", kSmallestSide));

  // From phase 0 the kernel shows where the degraded pixels look; from there it is fitted again, centred.
  Downscale downscale{factor, fitting_phase(0, small.rows, large.rows, factor), fitting_phase(0, small.cols, large.cols, factor)};
  const auto reach = reach_for(small, large, factor);
  auto fit = fit_blur(downscaled_equations(degraded, clean, downscale, reach));
  const Downscale centred{
      factor, fitting_phase(static_cast<double>(downscale.row_phase) + fit.centroid_down, small.rows, large.rows, factor),
      fitting_phase(static_cast<double>(downscale.col_phase) + fit.centroid_across, small.cols, large.cols, factor)};
  if (centred.row_phase != downscale.row_phase || centred.col_phase != downscale.col_phase)
    fit = fit_blur(downscaled_equations(degraded, clean, centred, reach));
  return explained_pair(degraded, clean, {0, 0, small.rows, small.cols}, Border::reflect, fit, centred);
}

}  // namespace firstframe
