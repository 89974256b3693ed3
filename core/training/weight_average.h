#pragma once

#include <torch/torch.h>

#include <vector>

namespace firstframe {

/// Exponential moving average of a network's weights, which scores better than the last weights themselves.
/// The decay rises with the steps, min(0.999, (1 + t) / (10 + t)), so that short trainings are averaged too.
class WeightAverage {
 public:
  explicit WeightAverage(const torch::nn::Module& network);

  /// The average as it is now, unchanged by later updates.
  WeightAverage copy() const;

  void update(const torch::nn::Module& network);

  /// Puts the averaged weights into a network.
  void copy_to(torch::nn::Module& network) const;

 private:
  std::vector<torch::Tensor> average_;
  std::int64_t updates_ = 0;
};

}  // namespace firstframe
