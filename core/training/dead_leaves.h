#pragma once

#include <cstdint>
#include <span>

#include "core/frame/section.h"

namespace firstframe {

/// Draws a scene of opaque shapes that cover each other, their sizes spread over all scales: discs, ellipses, boxes and
/// lines, plain, shaded or striped. Such scenes share the edges and scale invariance of natural pictures, so a network
/// trained on them as well as on one frame is less tied to what that frame happens to show.
///
/// \param side    of the square scene, pixels, 16 or more
/// \param values  grey values to choose from, normalised; a frame's own pixels keep its tones. Not empty
/// \param seed    the same seed gives the same scene
/// \return 1 channel float32, 0..1
///
/// Cost: about 2 ms for 192 x 192.
/// Source: the dead leaves model, A. B. Lee, D. Mumford, J. Huang, "Occlusion Models for Natural Images", IJCV 2001;
/// for training restorers, R. Achddou, Y. Gousseau, S. Ladjal, "Synthetic images as a regularity prior for image
/// restoration neural networks", SSVM 2021. Shapes, shading and the exponent are our own choice.
Section dead_leaves(std::int64_t side, std::span<const float> values, std::uint64_t seed);

}  // namespace firstframe
