#pragma once

#include "core/degradation/identified.h"
#include "core/frame/border.h"
#include "core/training/pair.h"

namespace firstframe {

/// Finds how the degradation treated the frame's edge, from a 1-channel pair and the kernel fitted on its inside.
///
/// Under each border the kernel predicts the two outermost rows and columns of the degraded frame; the border with the
/// least squared error wins, reflect unless another one is better by 5 %. Circular must be better along all of the edge, since a restorer
/// that takes it wrongly shows at one edge what lies at the other: by four standard errors over pieces of 8 pixels, with no
/// side that speaks against it by two; of a seismic pair it never is. Where even the best predicts the edge with
/// more than 1.5 times the squared error of the rows and columns just inside, the border is unseen: the frame
/// was cut from something larger.
///
/// \param downscale  of a pair whose degraded section is the smaller one; kernel in clean pixels
IdentifiedBorder border_met_by(const TrainingPair& pair, const Kernel& kernel, double offset, const Downscale& downscale = {});

/// The border to restore with: the one that border_met_by finds with a kernel of at most 17 x 17 taps, fitted for the
/// purpose on the mean of the channels, and reflect when it is unseen.
/// Cost: under 0.1 s for 256 x 256 pixels on one core, and three times that for any frame.
Border find_border(const TrainingPair& pair);

}  // namespace firstframe
