#include "core/training/adversarial.h"

#include <cmath>

namespace firstframe {
namespace {

constexpr std::int64_t kHidden = 128;

}  // namespace

Discriminator::Discriminator(std::int64_t values, torch::Generator& generator, torch::Device device) {
  const auto normal = [&](std::int64_t out, std::int64_t in) {
    return torch::zeros({out, in}).normal_(0, std::sqrt(2.0 / static_cast<double>(in)), generator);
  };
  weights_ = {normal(kHidden, values), torch::zeros({kHidden}), normal(1, kHidden), torch::zeros({1})};
  for (auto& weight : weights_) weight = weight.to(device).requires_grad_();
}

torch::Tensor Discriminator::logits(const torch::Tensor& patches) const {
  const auto hidden = torch::relu(torch::linear(patches.flatten(1), weights_[0], weights_[1]));
  return torch::linear(hidden, weights_[2], weights_[3]);
}

torch::Tensor Discriminator::mistakes(const torch::Tensor& restored, const torch::Tensor& clean) const {
  return (torch::softplus(-logits(clean)).mean() + torch::softplus(logits(restored.detach())).mean()) / 2;
}

torch::Tensor Discriminator::suspicion(const torch::Tensor& restored) const {
  return torch::softplus(-logits(restored)).mean();
}

}  // namespace firstframe
