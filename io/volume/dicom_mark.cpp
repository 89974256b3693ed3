#include "io/volume/dicom_mark.h"

#include <cstring>
#include <fstream>

#include "io/picture/picture.h"

namespace fs = std::filesystem;

namespace firstframe {

bool is_dicom_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;  // a pipe would keep us waiting
  std::ifstream file(path, std::ios::binary);
  char mark[4] = {};
  return file.seekg(128) && file.read(mark, sizeof mark) && std::memcmp(mark, "DICM", sizeof mark) == 0;
}

bool is_dicom_folder(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.is_regular_file(error) && !is_picture_name(entry.path()) && is_dicom_file(entry.path()))
      return true;
  return false;
}

}  // namespace firstframe
