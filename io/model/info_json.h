#pragma once

#include <string>

#include "core/restorers/model.h"

namespace firstframe {

/// Everything in a ModelInfo as one JSON object; absent optional values are null. Numbers keep every bit.
std::string json_of(const ModelInfo& info);

/// \throws FormatError without a file name ("is of format 2, ..."), for the caller to put one in front
ModelInfo info_of(const std::string& json);

}  // namespace firstframe
