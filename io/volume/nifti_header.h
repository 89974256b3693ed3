#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "io/volume/volume_info.h"

namespace firstframe {

/// What the header of a .nii file says about its samples; the rest is ITK's to read.
struct NiftiData {
  bool big_endian = false;
  bool is_one_file = true;    // the samples follow the header
  bool is_scaled = false;     // a sample stands for slope * sample + intercept
  std::int64_t begin = 0;     // byte of the first sample
};

/// \param bytes  the file's first ones, decompressed, 348 or more
/// \throws FormatError when there are too few for a header, or has none of NIfTI-1
/// Source: nifti1.h, https://nifti.nimh.nih.gov/nifti-1
NiftiData parse_nifti_header(std::span<const std::byte> bytes, const std::filesystem::path& path);

/// The bytes of a .nii file before its samples, as ITK writes them for this volume.
/// \throws ArgumentError when a side is beyond 32767, the format's longest
/// \throws OutputError when `path`'s folder cannot be written: ITK needs a file for it, which is deleted again
std::string nifti_header(const VolumeInfo& info, const std::filesystem::path& path);

}  // namespace firstframe
