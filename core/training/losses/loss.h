#pragma once

#include <torch/torch.h>

#include <functional>

#include "core/settings/settings.h"

namespace firstframe {

/// How far an estimate is from the truth: two [N, C, H, W] tensors to one number that training lowers.
/// Called from several threads at once.
using LossFunction = std::function<torch::Tensor(const torch::Tensor& restored, const torch::Tensor& clean)>;

torch::Tensor l1_loss(const torch::Tensor& restored, const torch::Tensor& clean);
torch::Tensor l2_loss(const torch::Tensor& restored, const torch::Tensor& clean);

LossFunction loss_function(Loss loss);

}  // namespace firstframe
