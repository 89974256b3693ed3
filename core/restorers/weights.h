#pragma once

#include <vector>

#include "core/restorers/model.h"
#include "core/restorers/network.h"

namespace firstframe {

/// The network's parameters as plain float32 arrays, in the order in which they were registered.
std::vector<Weight> weights_of(const Network& network);

/// Copies weights into a network.
/// \throws FormatError when one is missing, superfluous, of another shape, NaN or infinite
void load_weights(Network& network, const std::vector<Weight>& weights);

}  // namespace firstframe
