#pragma once

#include <string>

#include "core/restorers/model.h"
#include "io/volume/volume_info.h"

namespace firstframe {

/// A range of a model in the values that its training pair stored: -1024..3071 where sections of int16 hold 31744..35839.
ValueRange stored_range(const TrainedRange& trained);

/// The stored type of that pair: "int16" where sections hold uint16 that was moved up.
std::string trained_type(const TrainedRange& trained);

/// Refuses samples that a section codes otherwise than those that the model keeps black and white of: -1024..3071 of a CT in
/// int16 would be 31744..35839 of uint16. Only for samples that name no range of their own.
/// \param what    what holds them, for the message
/// \param remedy  how black and white are given there, such as "--range LOW:HIGH"
/// \throws FormatError naming both types and the model's range
void require_trained_code(const ModelInfo& model, StoredType stored, const std::string& what, const std::string& remedy);

}  // namespace firstframe
