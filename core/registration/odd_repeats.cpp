#include "core/registration/odd_repeats.h"

#include <algorithm>

#include "core/registration/block_change.h"

namespace firstframe {
namespace {

constexpr std::int64_t kFewest = 3;    // of which one can be told to be odd
constexpr double kMostOfNoise = 6;     // standard deviations
constexpr double kTrimmed = 0.9;       // of the blocks; more than the rest has to differ
constexpr double kNegligible = 0.005;  // of the value range: what interpolation may leave

// Of an even number the mean of the middle two.
torch::Tensor median_of(const torch::Tensor& blocks) {
  const auto sorted = std::get<0>(blocks.sort(0));
  const auto n = blocks.size(0);
  return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

// The part of the values that is smallest, as indices of the flattened tensor.
torch::Tensor smallest(const torch::Tensor& values) {
  const auto count = static_cast<double>(values.numel());
  return values.flatten().argsort().slice(
      0, 0, std::max<std::int64_t>(1, static_cast<std::int64_t>(kTrimmed * count)));
}

double trimmed_mean(const torch::Tensor& values) {
  return values.flatten().index_select(0, smallest(values)).mean().item<double>();
}

// With the gain and offset that bring it closest to the other in these places.
torch::Tensor fitted(const torch::Tensor& one, const torch::Tensor& other, const torch::Tensor& places) {
  const auto x = one.flatten().index_select(0, places), y = other.flatten().index_select(0, places);
  const auto rest = (x - x.mean()).to(torch::kFloat64);
  const double power = rest.square().sum().item<double>();
  const double gain = power > 0 ? (rest * (y - y.mean())).sum().item<double>() / power : 0;
  return (one - x.mean()) * gain + y.mean();
}

// Fitted again without the places that stray most, so that a thing that passed does not bend the fit.
torch::Tensor matched(const torch::Tensor& one, const torch::Tensor& other) {
  const auto first = fitted(one, other, torch::arange(one.numel()));
  return fitted(one, other, smallest((first - other).abs()));
}

}  // namespace

std::vector<double> unlikeness(const torch::Tensor& blocks) {
  const auto centre = median_of(blocks);
  std::vector<double> distances;
  for (std::int64_t i = 0; i < blocks.size(0); ++i)
    distances.push_back(trimmed_mean((matched(blocks[i], centre) - centre).square()));
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
