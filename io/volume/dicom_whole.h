#pragma once

#include <filesystem>

namespace firstframe {

/// Refuses a DICOM file that ends inside its pixels, which GDCM would fill up with a warning.
///
/// Walks along the elements of the file's top level up to PixelData, without reading any value. A file whose elements are not
/// laid out as the standard has it (or are deflated, or big endian) is left to GDCM.
/// \throws FormatError naming the file, its size and what it should have
/// Source: DICOM PS3.5, 7.1 (elements), 7.5 (sequences), A.4 (compressed pixels); PS3.10, 7.1 (the file's beginning).
void require_whole_dicom(const std::filesystem::path& path);

}  // namespace firstframe
