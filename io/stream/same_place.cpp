#include "io/stream/same_place.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

fs::path place_of(const fs::path& path) {
  std::error_code error;
  const auto place = fs::weakly_canonical(path, error);
  return place.has_filename() ? place : place.parent_path();  // "frames/" is "frames"
}

}  // namespace

bool is_same_place(const fs::path& a, const fs::path& b) {
  std::error_code error;
  if (fs::equivalent(a, b, error) && !error) return true;
  const auto place = place_of(a);
  return !place.empty() && place == place_of(b);
}

}  // namespace firstframe
