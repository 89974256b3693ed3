#include "io/volume/header_number.h"

#include <charconv>

namespace firstframe {

std::string header_numbers(std::span<const double> numbers, const char* between) {
  std::string result;
  for (const auto number : numbers) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    if (!result.empty()) result += between;
    result.append(digits, end);
  }
  return result;
}

}  // namespace firstframe
