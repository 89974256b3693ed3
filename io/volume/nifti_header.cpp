#include "io/volume/nifti_header.h"

#include <itkMetaDataObject.h>
#include <itkNiftiImageIO.h>
#include <nifti1.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr std::size_t kHeader = sizeof(nifti_1_header);
constexpr std::size_t kBegin = kHeader + 4;  // four bytes say that no extension follows

template <typename Number>
Number swapped(Number number) {
  auto* bytes = reinterpret_cast<std::byte*>(&number);
  std::reverse(bytes, bytes + sizeof(Number));
  return number;
}

itk::IOComponentEnum component_of(StoredType type) {
  using Component = itk::IOComponentEnum;
  static constexpr Component components[] = {Component::CHAR, Component::UCHAR, Component::SHORT, Component::USHORT,
                                             Component::INT,  Component::UINT,  Component::FLOAT, Component::DOUBLE};
  return components[static_cast<int>(type)];
}

void write_tiny_volume(const VolumeInfo& info, const std::string& path) {
  const auto& geometry = info.geometry;
  const auto io = itk::NiftiImageIO::New();
  io->SetFileName(path);
  io->SetNumberOfDimensions(3);
  io->SetNumberOfComponents(1);
  io->SetPixelType(itk::CommonEnums::IOPixel::SCALAR);
  io->SetComponentType(component_of(info.stored));
  itk::ImageIORegion region(3);
  for (unsigned axis = 0; axis < 3; ++axis) {
    io->SetDimensions(axis, 2);  // ITK leaves out last axes of length 1
    region.SetSize(axis, 2);
    io->SetSpacing(axis, geometry.spacing[axis]);
    io->SetOrigin(axis, geometry.origin[axis]);
    io->SetDirection(axis, std::vector<double>{geometry.direction[axis], geometry.direction[3 + axis], geometry.direction[6 + axis]});
  }
  io->SetIORegion(region);
  for (const auto& [key, value] : info.metadata)
    itk::EncapsulateMetaData<std::string>(io->GetMetaDataDictionary(), key, value);
  const std::vector<double> samples(8);
  io->Write(samples.data());
}

}  // namespace

NiftiData read_nifti_header(const fs::path& path) {
  const auto bytes = read_bytes(path, kHeader);
  nifti_1_header header;
  if (bytes.size() < kHeader)
    throw FormatError(text(path.string(), ": is cut: a NIfTI header has ", kHeader, " bytes, the file has ", bytes.size()));
  std::memcpy(&header, bytes.data(), kHeader);
  const bool is_native = header.sizeof_hdr == static_cast<int>(kHeader);
  if (!is_native && swapped(header.sizeof_hdr) != static_cast<int>(kHeader))
    throw FormatError(text(path.string(), ": has no NIfTI-1 header; of NIfTI-2 and other formats write a NIfTI-1 or .nrrd file"));
  const auto native = [&](float number) { return is_native ? number : swapped(number); };
  const auto slope = native(header.scl_slope), intercept = native(header.scl_inter);

  NiftiData data;
  data.big_endian = is_native == (std::endian::native == std::endian::big);
  data.is_one_file = std::string_view(header.magic, 3) == "n+1";
  data.is_scaled = slope != 0 && (slope != 1 || intercept != 0);
  const auto begin = static_cast<double>(native(header.vox_offset));
  data.begin = begin >= kHeader && begin < 1e15 ? static_cast<std::int64_t>(begin) : static_cast<std::int64_t>(kHeader);
  return data;
}

std::string nifti_header(const VolumeInfo& info, const fs::path& path) {
  const auto& size = info.geometry.size;
  for (const auto side : size)
    if (side > std::numeric_limits<short>::max())
      throw ArgumentError(text(path.string(), ": a side of ", side, " samples is too long for NIfTI, which counts to 32767; "
                               "write .mha or .nrrd"));
  const FileDraft draft(path.string() + ".header.nii");
  try {
    write_tiny_volume(info, draft.path().string());
  } catch (const itk::ExceptionObject& error) {
    throw OutputError(text(path.string(), ": ITK cannot write its header: ", error.GetDescription()));
  }
  const auto bytes = read_bytes(draft.path(), kBegin);
  if (bytes.size() != kBegin) throw OutputError(text(path.string(), ": cannot be written: its header came out short"));
  nifti_1_header header;
  std::memcpy(&header, bytes.data(), kHeader);
  header.dim[0] = 3;
  for (std::size_t axis = 0; axis < 3; ++axis) header.dim[axis + 1] = static_cast<short>(size[axis]);
  std::string result(kBegin, '\0');
  std::memcpy(result.data(), &header, kHeader);
  return result;
}

}  // namespace firstframe
