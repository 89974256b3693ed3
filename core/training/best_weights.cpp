#include "core/training/best_weights.h"

namespace firstframe {

void BestWeights::offer(const WeightAverage& weights, double psnr, std::int64_t step) {
  if (is_of_this_stage_ && *psnr_ >= psnr) return;
  weights_ = weights.copy();
  psnr_ = psnr;
  step_ = step;
  is_of_this_stage_ = true;
}

}  // namespace firstframe
