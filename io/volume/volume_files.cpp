#include "io/volume/volume_files.h"

#include <algorithm>

#include "core/base/error.h"
#include "io/picture/picture_names.h"
#include "io/volume/dicom_mark.h"
#include "io/volume/meta_header.h"
#include "io/volume/nrrd_header.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

std::vector<fs::path> files_of_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  if (is_dicom_folder(folder)) {
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.is_regular_file() && is_dicom_file(entry.path())) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  } else {
    for (const auto& name : picture_names(folder)) files.push_back(folder / name);
  }
  return files;
}

std::string data_name(const fs::path& header) {
  const auto ending = volume_ending(header);
  if (ending == ".mha" || ending == ".mhd") {
    const auto meta = read_meta_header(header);
    return meta.is_local() ? "" : meta.data;
  }
  if (ending != ".nrrd" && ending != ".nhdr") return "";
  const auto nrrd = read_nrrd_header(header);
  return nrrd.in_many_files ? "" : nrrd.file;
}

}  // namespace

std::optional<fs::path> data_file_of(const fs::path& header) {
  try {
    const auto name = data_name(header);
    if (!name.empty()) return header.parent_path() / name;
  } catch (const Error&) {
  }
  return std::nullopt;
}

std::vector<fs::path> volume_files(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    try {
      return files_of_folder(path);
    } catch (const Error&) {
    } catch (const fs::filesystem_error&) {
    }
    return {path};
  }
  if (const auto data = data_file_of(path)) return {path, *data};
  return {path};
}

}  // namespace firstframe
