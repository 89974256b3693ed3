#pragma once

#include <filesystem>

namespace firstframe {

/// Whether a file says "DICM" at byte 128. False for what cannot be read.
bool is_dicom_file(const std::filesystem::path& file);

/// Whether a folder holds such a file. Files with a picture's ending are not opened.
bool is_dicom_folder(const std::filesystem::path& folder);

}  // namespace firstframe
