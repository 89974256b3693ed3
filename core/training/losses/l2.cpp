// Mean squared difference: lowering it raises the PSNR.
#include "core/training/losses/loss.h"

namespace firstframe {

torch::Tensor l2_loss(const torch::Tensor& restored, const torch::Tensor& clean) { return torch::mse_loss(restored, clean); }

}  // namespace firstframe
