#include "core/training/descent.h"

#include <algorithm>
#include <cmath>

#include "core/training/losses/loss.h"

namespace firstframe {
namespace {

constexpr double kDiscriminatorRate = 0.5;  // of the network's

void set_rate(torch::optim::Adam& optimiser, double rate) {
  for (auto& group : optimiser.param_groups()) static_cast<torch::optim::AdamOptions&>(group.options()).lr(rate);
}

// One unlucky batch must not undo a long training: gradients are clipped to twice the norm that is usual, 1 at most.
void clip(std::vector<torch::Tensor>& weights, double& usual_norm) {
  constexpr double kMemory = 0.98;
  const double most = usual_norm > 0 ? std::min(1.0, 2 * usual_norm) : 1.0;
  const double norm = std::min(most, torch::nn::utils::clip_grad_norm_(weights, most));
  usual_norm = usual_norm > 0 ? kMemory * usual_norm + (1 - kMemory) * norm : norm;
}

}  // namespace

Descent::Descent(Network& network, const PatchSource& source, LossFunction loss, Sizes sizes)
    : network_(network), source_(source), sizes_(sizes) {
  objectives_.push_back({std::move(loss), network_.parameters()});
  // The squares of the first, wild gradients are forgotten soon; see schedule.h.
  optimisers_.emplace_back(network_.parameters(), torch::optim::AdamOptions().betas({0.9, 0.99}));
  usual_norms_.push_back(0);
}

void Descent::add_discriminator(Discriminator discriminator, double lambda) {
  discriminator_ = std::move(discriminator);
  objectives_.front().loss = [this, lambda](const torch::Tensor& restored, const torch::Tensor& clean) {
    return l2_loss(restored, clean) + lambda * discriminator_->suspicion(restored);
  };
  objectives_.push_back({[this](const torch::Tensor& restored, const torch::Tensor& clean) {
                           return discriminator_->mistakes(restored, clean);
                         },
                         discriminator_->weights()});
  optimisers_.emplace_back(discriminator_->weights());
  usual_norms_.push_back(0);
}

double Descent::step(std::uint64_t seed, double rate) {
  auto gradients = batch_gradient(network_, source_, sizes_.batch, seed, objectives_, sizes_.device, sizes_.threads);
  for (const auto& gradient : gradients)
    if (!std::isfinite(gradient.loss)) return gradient.loss;
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    auto& weights = objectives_[i].weights;
    for (std::size_t w = 0; w < weights.size(); ++w) weights[w].mutable_grad() = gradients[i].by_weight[w];
    clip(weights, usual_norms_[i]);
    set_rate(optimisers_[i], i == 0 ? rate : kDiscriminatorRate * rate);
    optimisers_[i].step();
  }
  return gradients.front().loss;
}

}  // namespace firstframe
