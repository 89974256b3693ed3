#pragma once

#include <string>

#include "core/degradation/kernel.h"

namespace firstframe {

/// A kernel from a flag: its description ("gaussian:1.6:25", "box:3"), or the path of a grey picture that shows what a
/// single bright pixel becomes, square with an odd side; its values are divided by their sum.
/// \throws ArgumentError when a description is not accepted
/// \throws FormatError, MissingFileError when the picture cannot be used
Kernel kernel_from(const std::string& description_or_path);

}  // namespace firstframe
