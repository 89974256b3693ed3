#pragma once

#include <cstdint>
#include <optional>

#include "core/training/weight_average.h"

namespace firstframe {

/// Remembers the averaged weights of a training's best moment, by their PSNR on the stripe kept out of it.
class BestWeights {
 public:
  explicit BestWeights(const torch::nn::Module& network) : weights_(network) {}

  /// Keeps these weights if they are the best of this stage. `step` counts the steps taken.
  void offer(const WeightAverage& weights, double psnr, std::int64_t step);

  /// From here on only later weights count; those kept so far stay until then.
  void begin_stage() { is_of_this_stage_ = false; }

  bool is_of_this_stage() const { return is_of_this_stage_; }
  std::optional<double> psnr() const { return psnr_; }  // dB; nothing before the first offer
  std::int64_t step() const { return step_; }
  const WeightAverage& weights() const { return weights_; }

 private:
  WeightAverage weights_;
  std::optional<double> psnr_;
  std::int64_t step_ = 0;
  bool is_of_this_stage_ = false;
};

}  // namespace firstframe
