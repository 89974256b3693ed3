#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace firstframe {

/// A DICOM file, ready to be written.
struct DerivedSlice {
  std::string file;
  std::int64_t clipped = 0;  // samples beyond what the source's bits hold
};

/// A copy of `source` with other pixels: its whole header, sequences and private elements included; UIDs of its own, made
/// from the source's and `fingerprint`; ImageType DERIVED; the source named in SourceImageSequence; no compression.
///
/// \param values  row by row, after the rescaling of `source`
/// \throws FormatError when the source cannot be read, has another number of pixels, or packs samples across bytes
/// Source: DICOM PS3.3 C.12.1.4 and C.7.6.1.1.2 (derived images), PS3.5 B.2 (UIDs from UUIDs).
DerivedSlice derived_slice(const std::filesystem::path& source, const std::vector<double>& values,
                           const std::string& fingerprint);

}  // namespace firstframe
