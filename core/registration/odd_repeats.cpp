#include "core/registration/odd_repeats.h"

#include <algorithm>

#include "core/registration/block_change.h"

namespace firstframe {
namespace {

constexpr std::int64_t kFewest = 3;            // of which one can be told to be odd
constexpr double kMostOfNoise = 4;             // standard deviations
constexpr double kNegligible = 0.005;          // of the value range: what interpolation may leave

// Of an even number the mean of the middle two.
torch::Tensor median_of(const torch::Tensor& blocks) {
  const auto sorted = std::get<0>(blocks.sort(0));
  const auto n = blocks.size(0);
  return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

// With the gain and offset that bring it closest to the other.
torch::Tensor matched(const torch::Tensor& one, const torch::Tensor& other) {
  const auto rest = (one - one.mean()).to(torch::kFloat64);
  const double power = rest.square().sum().item<double>();
  const double gain = power > 0 ? (rest * (other - other.mean())).sum().item<double>() / power : 0;
  return (one - one.mean()) * gain + other.mean();
}

}  // namespace

std::vector<double> unlikeness(const torch::Tensor& blocks) {
  const auto centre = median_of(blocks);
  std::vector<double> distances;
  for (std::int64_t i = 0; i < blocks.size(0); ++i)
    distances.push_back((matched(blocks[i], centre) - centre).square().mean().item<double>());
  auto sorted = distances;
  std::sort(sorted.begin(), sorted.end());
  const double typical = std::max(kNegligible * kNegligible, sorted[(sorted.size() - 1) / 2]);
  for (auto& distance : distances) distance = blocks.size(0) < kFewest ? 1 : distance / typical;
  return distances;
}

std::vector<double> agreement(const torch::Tensor& blocks) {
  const auto sum = blocks.sum(0);
  std::vector<double> all;
  for (std::int64_t i = 0; i < blocks.size(0); ++i) {
    const auto one = (blocks[i] - blocks[i].mean()).to(torch::kFloat64);
    auto others = (sum - blocks[i]).to(torch::kFloat64);
    others -= others.mean();
    const double norm = one.norm().item<double>() * others.norm().item<double>();
    all.push_back(norm > 0 ? (one * others).sum().item<double>() / norm : 0);
  }
  return all;
}

torch::Tensor block_weights(const torch::Tensor& blocks) {
  auto weights = torch::ones_like(blocks);
  if (blocks.size(0) < kFewest) return weights;
  const auto centre = median_of(blocks);
  for (std::int64_t i = 0; i < blocks.size(0); ++i) {
    const auto change = (matched(blocks[i], centre) - centre).abs();
    const auto accepted = kMostOfNoise * usual_change(change, centre).clamp_min(kNegligible);
    weights[i].copy_((accepted / change.clamp_min(1e-12)).clamp_max(1).square());
  }
  return weights;
}

}  // namespace firstframe
