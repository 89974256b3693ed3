#include "io/picture/picture_names.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/picture.h"

namespace fs = std::filesystem;

namespace firstframe {

std::vector<std::string> picture_names(const fs::path& folder) {
  std::vector<std::string> names;
  try {
    for (const auto& entry : fs::directory_iterator(folder)) {
      const auto name = entry.path().filename().string();
      if (is_picture_name(name) && name[0] != '.' && !entry.is_directory()) names.push_back(name);
    }
  } catch (const fs::filesystem_error& error) {
    throw MissingFileError(text(folder.string(), ": the folder cannot be read: ", error.code().message()));
  }
  if (names.empty())
    throw FormatError(text(folder.string(),
                           ": the folder holds no picture; files named .png, .jpg, .jpeg, .tif, "
                           ".tiff, .bmp, .pgm or .ppm were looked for"));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace firstframe
