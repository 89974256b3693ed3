// Mean absolute difference.
#include "core/training/losses/loss.h"

namespace firstframe {

torch::Tensor l1_loss(const torch::Tensor& restored, const torch::Tensor& clean) { return torch::l1_loss(restored, clean); }

}  // namespace firstframe
