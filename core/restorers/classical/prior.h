#pragma once

#include <torch/torch.h>

#include "core/frame/border.h"
#include "core/restorers/restorer.h"

namespace firstframe {

/// A restorer of 1 channel as the denoiser inside an iteration: the whole plane is one of its tiles.
///
/// \param plane   [rows, cols] float32, normalised; sides are multiples of what the prior's tile_needs say
/// \param beyond  how the plane goes on where the prior's halo leaves it
/// \return [rows, cols] float32
torch::Tensor denoised(const Restorer& prior, const torch::Tensor& plane, Border beyond,
                       const RestoreSettings& settings);

}  // namespace firstframe
