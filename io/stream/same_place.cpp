#include "io/stream/same_place.h"

namespace firstframe {

bool is_same_place(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && !error;
}

}  // namespace firstframe
