#include <itkNiftiImageIO.h>

#include <string>

#include "io/files/file_bytes.h"
#include "io/volume/block_source.h"
#include "io/volume/gzip_file.h"
#include "io/volume/itk_header.h"
#include "io/volume/nifti_header.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// Entries about the file's own layout and coordinates, which another file has in its own words.
bool is_structure(const std::string& key) {
  for (const auto* own : {"bitpix", "datatype", "dim", "nifti_type", "pixdim", "qoffset", "quatern", "scl_", "slice_", "srow_",
                          "vox_offset", "xyzt_units"})
    if (key.starts_with(own)) return true;
  return false;
}

}  // namespace

std::unique_ptr<SectionSource> open_nifti(const fs::path& path, const VolumeOptions& options) {
  const bool is_compressed = volume_ending(path) == ".nii.gz";
  // Decoded here, because niftilib takes what there is of a cut file and makes zeros of NaN.
  auto bytes = is_compressed ? gunzip(path) : read_bytes(path, 1024);
  const auto data = parse_nifti_header(bytes, path);
  const auto io = itk::NiftiImageIO::New();
  auto info = read_itk_header(*io, path, "NIfTI");
  info.compressed = is_compressed;
  std::erase_if(info.metadata, [](const auto& entry) { return entry.second.empty() || is_structure(entry.first); });
  if (is_compressed || data.is_scaled || !data.is_one_file) info.access = VolumeInfo::Access::whole;

  if (data.is_one_file && !data.is_scaled) {
    const auto block = packed_block(info.stored, info.geometry.size, data.begin, data.big_endian);
    if (is_compressed) return open_memory_block(path, std::move(info), block, std::move(bytes), options);
    return open_block_source(path, std::move(info), block, path, options);
  }
  // Scaled samples come from ITK as floats, which is then the stored type.
  bytes = {};
  auto samples = read_itk_samples(*io, path);
  return open_memory_source(path, std::move(info), std::move(samples), options);
}

}  // namespace firstframe
