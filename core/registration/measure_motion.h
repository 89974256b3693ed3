#pragma once

#include <torch/torch.h>

#include "core/registration/repeat_motion.h"

namespace firstframe {

/// Measures how `to` lies against `from`: frame_shift, less what is not worth the blur of an interpolation. Along an
/// axis a motion counts as none when noise alone explains it, when it is less than 0.05 pixels, or when undoing it
/// brings the block means of the two no closer (contours that merely differ look like motion along the layers).
///
/// \param from, to  [rows, cols] float32
RepeatMotion motion_between(const torch::Tensor& from, const torch::Tensor& to);

/// The plane as it would be without the motion, by cubic convolution; beyond its edge its last pixel goes on.
torch::Tensor moved_back(const torch::Tensor& plane, const RepeatMotion& motion);

}  // namespace firstframe
