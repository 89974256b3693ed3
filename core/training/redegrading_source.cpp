#include "core/training/redegrading_source.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

// Smaller copies of a frame show the same things with more detail per pixel; below about half they stop helping.
constexpr std::array kScales{1.0, 0.85, 0.7, 0.55};

std::int64_t side_needed(std::int64_t patch, std::int64_t margin, const IdentifiedDegradation& degradation) {
  return patch + 2 * margin + degradation.kernel.size - 1;
}

torch::Tensor scaled(const torch::Tensor& clean, double scale) {
  if (scale == 1) return clean;
  namespace F = torch::nn::functional;
  const std::vector<std::int64_t> size{std::lround(scale * static_cast<double>(clean.size(1))),
                                       std::lround(scale * static_cast<double>(clean.size(2)))};
  return F::interpolate(clean.unsqueeze(0), F::InterpolateFuncOptions()
                                                .size(size)
                                                .mode(torch::kBicubic)
                                                .align_corners(false)
                                                .antialias(true))[0]
      .clamp(0, 1);
}

std::int64_t one_of(std::int64_t count, torch::Generator& generator) {
  return torch::randint(count, {1}, generator, torch::kLong).item<std::int64_t>();
}

// One of the eight ways to lay a square.
torch::Tensor turned(const torch::Tensor& patches, std::int64_t way) {
  const auto mirrored = way >= 4 ? patches.flip(3) : patches;
  return torch::rot90(mirrored, way % 4, {2, 3});
}

}  // namespace

bool RedegradingSource::fits(const Region& part, std::int64_t patch, std::int64_t margin,
                             const IdentifiedDegradation& degradation) {
  return std::min(part.rows, part.cols) >= side_needed(patch, margin, degradation);
}

RedegradingSource::RedegradingSource(const TrainingPair& pair, const Region& part, std::int64_t patch,
                                     std::int64_t margin, const IdentifiedDegradation& degradation)
    : patch_(patch),
      margin_(margin),
      degradation_(degradation),
      kernel_(torch::tensor(at::ArrayRef<float>(degradation.kernel.taps))
                  .reshape({1, 1, degradation.kernel.size, degradation.kernel.size})) {
  const auto clean = normalised_tensor(pair.clean, part, Border::reflect);
  const auto side = side_needed(patch, margin, degradation);
  for (const double scale : kScales) {
    const auto smaller = scaled(clean, scale);
    if (std::min(smaller.size(1), smaller.size(2)) < side) break;
    scales_.push_back(smaller.unfold(1, side, 1).unfold(2, side, 1).permute({1, 2, 0, 3, 4}));
  }
}

PatchBatch RedegradingSource::draw(std::int64_t count, torch::Generator& generator) const {
  torch::NoGradGuard no_grad;
  const auto& patches = scales_[static_cast<std::size_t>(one_of(static_cast<std::int64_t>(scales_.size()), generator))];
  const auto rows = torch::randint(patches.size(0), {count}, generator, torch::kLong);
  const auto cols = torch::randint(patches.size(1), {count}, generator, torch::kLong);
  auto clean = turned(patches.index({rows, cols}), one_of(8, generator));

  // Contrast 0.5 to 1.2 around the patch's mean, half of them negative, brightness moved by up to 0.15.
  const auto uniform = [&] { return torch::rand({count, 1, 1, 1}, generator); };
  const auto sign = (uniform() < 0.5).to(torch::kFloat32) * 2 - 1;
  const auto contrast = sign * (0.5 + 0.7 * uniform());
  const auto brightness = 0.3 * (uniform() - 0.5);
  const auto middle = clean.mean({1, 2, 3}, /*keepdim=*/true);
  const auto middle_after = torch::where(sign < 0, 1 - middle, middle) + brightness;
  clean = (clean - middle) * contrast + middle_after;

  auto degraded = torch::conv2d(clean, kernel_) + degradation_.offset;
  degraded += torch::randn(degraded.sizes(), generator) * degradation_.noise.sigma;
  const auto border = (clean.size(2) - patch_) / 2;
  return {degraded, clean.narrow(2, border, patch_).narrow(3, border, patch_)};
}

}  // namespace firstframe
