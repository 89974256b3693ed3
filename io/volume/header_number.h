#pragma once

#include <span>
#include <string>

namespace firstframe {

/// Numbers for a text header, a blank between them: each the shortest text that reads back as the same double.
std::string header_numbers(std::span<const double> numbers, const char* between = " ");

}  // namespace firstframe
