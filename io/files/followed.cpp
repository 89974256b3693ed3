#include "io/files/followed.h"

namespace fs = std::filesystem;

namespace firstframe {

fs::path followed(const fs::path& name) {
  constexpr int kMostLinks = 40;  // as Linux follows
  std::error_code error;
  auto place = name;
  for (int links = 0; fs::is_symlink(place, error); ++links) {
    const auto next = fs::read_symlink(place, error);
    if (error || links == kMostLinks) return name;
    place = place.parent_path() / next;
  }
  return place;
}

}  // namespace firstframe
