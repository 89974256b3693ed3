#include "core/training/pair_correlation.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

constexpr std::int64_t kFarthest = 32;  // pixels

// Mean over the channels, around zero: [H, W] float64.
torch::Tensor grey(const Section& section) {
  const Region whole{0, 0, section.extent().rows, section.extent().cols};
  const auto mean = normalised_tensor(section, whole, Border::reflect).mean(0).to(torch::kDouble);
  return mean - mean.mean();
}

double correlation(torch::Tensor a, torch::Tensor b) {
  a = a - a.mean();
  b = b - b.mean();
  const double power = std::sqrt(a.square().sum().item<double>() * b.square().sum().item<double>());
  return power > 0 ? (a * b).sum().item<double>() / power : 0;
}

// Pixels of `plane` that lie over the other one's when it is moved by `down`, `across`.
torch::Tensor overlap(const torch::Tensor& plane, std::int64_t down, std::int64_t across) {
  const auto rows = plane.size(0), cols = plane.size(1);
  return plane.slice(0, std::max<std::int64_t>(0, down), std::min(rows, rows + down))
      .slice(1, std::max<std::int64_t>(0, across), std::min(cols, cols + across));
}

}  // namespace

PairCorrelation pair_correlation(const TrainingPair& pair) {
  torch::NoGradGuard no_grad;
  const auto degraded = grey(pair.degraded);
  auto clean = grey(pair.clean);
  if (clean.sizes() != degraded.sizes()) clean = torch::adaptive_avg_pool2d(clean.unsqueeze(0), degraded.sizes())[0];
  PairCorrelation best{correlation(degraded, clean), 0, 0};
  if (std::abs(best.value) >= kClearlyOneScene) return best;

  // Products of all shifts at once; zeros around them keep opposite edges apart.
  const auto rows = degraded.size(0), cols = degraded.size(1);
  const std::vector<std::int64_t> room{2 * rows, 2 * cols};
  const auto spectrum = torch::fft_rfft2(degraded, room) * torch::fft_rfft2(clean, room).conj();
  const auto products = torch::fft_irfft2(spectrum, room).contiguous();
  const auto far_down = std::min(kFarthest, rows / 4), far_across = std::min(kFarthest, cols / 4);
  const auto* sums = products.data_ptr<double>();
  double largest = 0;
  std::int64_t down = 0, across = 0;
  for (auto r = -far_down; r <= far_down; ++r)
    for (auto c = -far_across; c <= far_across; ++c) {
      const double shared = static_cast<double>((rows - std::abs(r)) * (cols - std::abs(c)));
      const double sum = std::abs(sums[(r + 2 * rows) % (2 * rows) * 2 * cols + (c + 2 * cols) % (2 * cols)]) / shared;
      if (sum <= largest) continue;
      largest = sum;
      down = r;
      across = c;
    }
  const double shifted = correlation(overlap(degraded, down, across), overlap(clean, -down, -across));
  if (std::abs(shifted) > std::abs(best.value)) best = {shifted, down, across};
  return best;
}

void check_one_scene(const PairCorrelation& correlation) {
  if (std::abs(correlation.value) >= kOneScene) return;
  throw FormatError(text("training pair: degraded and clean do not show the same scene (correlation ",
                         std::round(100 * correlation.value) / 100, " at best, shifts included; at least ", kOneScene,
                         " is needed); give the clean counterpart of this very frame"));
}

}  // namespace firstframe
