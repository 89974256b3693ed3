#include <algorithm>
#include <cctype>

#include "io/volume/volume_formats.h"

namespace firstframe {

std::string volume_ending(const std::filesystem::path& path) {
  auto name = path.filename().string();
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char letter) { return std::tolower(letter); });
  if (name.ends_with(".nii.gz")) return ".nii.gz";
  return std::filesystem::path(name).extension().string();
}

}  // namespace firstframe
