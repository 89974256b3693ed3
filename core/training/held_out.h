#pragma once

#include <optional>

#include "core/frame/section.h"

namespace firstframe {

/// A pair divided into a part to train on and a stripe to measure on.
struct HeldOutSplit {
  Region training;
  std::optional<Region> stripe;  // nothing when the pair is too small to spare one
};

/// Keeps the last columns of a section (or rows, when it is taller than wide) out of training.
///
/// \param part  of the section, 0..0.5; 0 keeps nothing out
/// \param patch side of a training patch, which must still fit the training part twice
HeldOutSplit split_held_out(Extent section, double part, std::int64_t patch);

}  // namespace firstframe
