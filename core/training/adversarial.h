#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace firstframe {

/// Tells clean patches from restored ones; what it learns is what restored patches still lack.
///
/// Two fully connected layers on the flattened patch, relu between them, one logit out: above 0 for a patch it takes for
/// clean. Changed between steps only (weights()), so several threads may ask it at once.
///
/// Source: the discriminator of RNN-GAN and UNET-GAN in D. Pereg, "One-Shot Image Restoration", arXiv:2404.17426,
/// which states the two layers. Their width and the losses (Goodfellow et al., "Generative Adversarial Nets",
/// arXiv:1406.2661, with the network's loss -log D that does not vanish while the discriminator wins) are our choice.
class Discriminator {
 public:
  /// \param values     of one patch, C * H * W
  /// \param generator  draws the first weights
  Discriminator(std::int64_t values, torch::Generator& generator, torch::Device device);

  /// [N, ...] -> [N, 1]
  torch::Tensor logits(const torch::Tensor& patches) const;

  /// What the discriminator lowers: its mean cross-entropy over clean and restored patches, half the weight each;
  /// log 2 when it cannot tell them apart. The network that restored them learns nothing from it.
  torch::Tensor mistakes(const torch::Tensor& restored, const torch::Tensor& clean) const;

  /// What a network lowers: -log of the probability that its patches are taken for clean, mean.
  torch::Tensor suspicion(const torch::Tensor& restored) const;

  const std::vector<torch::Tensor>& weights() const { return weights_; }

 private:
  std::vector<torch::Tensor> weights_;  // [hidden, values], [hidden], [1, hidden], [1]
};

}  // namespace firstframe
