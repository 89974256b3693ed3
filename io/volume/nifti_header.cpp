#include "io/volume/nifti_header.h"

#include <itkMetaDataObject.h>
#include <itkNiftiImageIO.h>
#include <nifti1.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <type_traits>
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

// Fields that ITK reads into the metadata but does not write from there.
void carry_fields(const std::map<std::string, std::string>& metadata, nifti_1_header& header) {
  const auto carry_text = [&](const char* key, auto& field) {
    const auto found = metadata.find(key);
    if (found == metadata.end() || found->second.empty() || field[0] != 0) return;
    std::memset(field, 0, sizeof field);
    std::memcpy(field, found->second.data(), std::min(found->second.size(), sizeof field - 1));
  };
  const auto carry_number = [&](const char* key, auto& field) {
    const auto found = metadata.find(key);
    if (found == metadata.end()) return;
    const double number = std::strtod(found->second.c_str(), nullptr);
    using Field = std::remove_reference_t<decltype(field)>;
    if (std::abs(number) <= static_cast<double>(std::numeric_limits<Field>::max())) field = static_cast<Field>(number);
  };
  carry_text("descrip", header.descrip);
  carry_text("aux_file", header.aux_file);
  carry_text("intent_name", header.intent_name);
  carry_number("intent_code", header.intent_code);
  carry_number("intent_p1", header.intent_p1);
  carry_number("intent_p2", header.intent_p2);
  carry_number("intent_p3", header.intent_p3);
  carry_number("cal_min", header.cal_min);
  carry_number("cal_max", header.cal_max);
  carry_number("toffset", header.toffset);
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
    const auto& direction = geometry.direction;
    io->SetDirection(axis, std::vector<double>{direction[axis], direction[3 + axis], direction[6 + axis]});
  }
  io->SetIORegion(region);
  for (const auto& [key, value] : info.metadata)
    itk::EncapsulateMetaData<std::string>(io->GetMetaDataDictionary(), key, value);
  const std::vector<double> samples(8);
  io->Write(samples.data());
}

}  // namespace

NiftiData parse_nifti_header(std::span<const std::byte> bytes, const fs::path& path) {
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
  // ITK adds the intercept where the slope is 0, too.
  data.is_scaled = (slope != 0 && slope != 1) || intercept != 0;
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
  carry_fields(info.metadata, header);
  std::string result(kBegin, '\0');
  std::memcpy(result.data(), &header, kHeader);
  return result;
}

}  // namespace firstframe
