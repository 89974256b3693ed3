#pragma once

#include <torch/torch.h>

#include "core/degradation/identified.h"

namespace firstframe {

/// FIR filters that undo a blur, for a network to see beside the degraded frame: with them it starts from pictures that
/// are already sharp, one cautious and one bold, and learns what to trust.
///
///     W = conj(H) / (|H|^2 + regularisation)
///
/// H is the kernel's spectrum, the regularisation follows the noise. Each filter is cut to kWienerSize taps under a
/// window and scaled to sum 1.
/// \return [filters, 1, kWienerSize, kWienerSize] float32; no filters when the kernel hardly blurs
/// Source: N. Wiener's filter with a flat prior, e.g. Gonzalez and Woods, "Digital Image Processing", section 5.8.
torch::Tensor wiener_filters(const IdentifiedDegradation& degradation);

constexpr std::int64_t kWienerSize = 25;  // pixels

}  // namespace firstframe
