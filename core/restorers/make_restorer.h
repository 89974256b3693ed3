#pragma once

#include "core/restorers/network.h"
#include "core/restorers/restorer.h"

namespace firstframe {

/// The restorer that fits a network: the bare filter of a linear one on the CPU; patch by patch when it knows one patch size (pixel by pixel when a
/// patch gives one), by whole tiles otherwise.
std::shared_ptr<const Restorer> restorer_from(std::shared_ptr<Network> network, ModelInfo info, torch::Device device,
                                              torch::ScalarType compute);

}  // namespace firstframe
