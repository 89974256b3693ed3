#include "core/training/weight_average.h"

#include <algorithm>

namespace firstframe {

WeightAverage::WeightAverage(const torch::nn::Module& network) {
  for (const auto& parameter : network.parameters()) average_.push_back(parameter.detach().clone());
}

void WeightAverage::update(const torch::nn::Module& network) {
  torch::NoGradGuard no_grad;
  ++updates_;
  const double t = static_cast<double>(updates_);
  const double decay = std::min(0.999, (1 + t) / (10 + t));
  std::size_t i = 0;
  for (const auto& parameter : network.parameters()) average_[i++].lerp_(parameter.detach(), 1 - decay);
}

WeightAverage WeightAverage::copy() const {
  WeightAverage result = *this;
  for (auto& weight : result.average_) weight = weight.clone();
  return result;
}

void WeightAverage::copy_to(torch::nn::Module& network) const {
  torch::NoGradGuard no_grad;
  std::size_t i = 0;
  for (auto& parameter : network.parameters()) parameter.copy_(average_[i++]);
}

}  // namespace firstframe
