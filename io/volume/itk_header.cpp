#include "io/volume/itk_header.h"

#include <itkImageIOBase.h>
#include <itkMetaDataObject.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"

namespace firstframe {
namespace {

using Component = itk::IOComponentEnum;

StoredType stored_type(const itk::ImageIOBase& io, const std::filesystem::path& path) {
  const auto component = io.GetComponentType();
  const bool is_long_32 = sizeof(long) == 4;
  switch (component) {
    case Component::CHAR: return StoredType::int8;
    case Component::UCHAR: return StoredType::uint8;
    case Component::SHORT: return StoredType::int16;
    case Component::USHORT: return StoredType::uint16;
    case Component::INT: return StoredType::int32;
    case Component::UINT: return StoredType::uint32;
    case Component::LONG:
      if (is_long_32) return StoredType::int32;
      break;
    case Component::ULONG:
      if (is_long_32) return StoredType::uint32;
      break;
    case Component::FLOAT: return StoredType::float32;
    case Component::DOUBLE: return StoredType::float64;
    default: break;
  }
  throw FormatError(text(path.string(), ": holds samples of type ", itk::ImageIOBase::GetComponentTypeAsString(component),
                         "; volumes hold integers of 8, 16 or 32 bits, float or double"));
}

// Dimensions without the last ones of length 1, of which formats like to keep some.
unsigned dimensions_of(const itk::ImageIOBase& io) {
  auto dimensions = io.GetNumberOfDimensions();
  while (dimensions > 3 && io.GetDimensions(dimensions - 1) == 1) --dimensions;
  return dimensions;
}

std::map<std::string, std::string> metadata_of(const itk::ImageIOBase& io) {
  std::map<std::string, std::string> metadata;
  const auto& dictionary = io.GetMetaDataDictionary();
  for (const auto& key : dictionary.GetKeys()) {
    std::string value;
    if (itk::ExposeMetaData<std::string>(dictionary, key, value)) metadata[key] = value.c_str();  // up to the first zero byte
  }
  return metadata;
}

}  // namespace

void with_itk_errors(const std::filesystem::path& path, const std::function<void()>& call) {
  try {
    call();
  } catch (const itk::ExceptionObject& error) {
    std::string why = error.GetDescription();
    if (const auto at = why.find("): "); at != std::string::npos) why.erase(0, at + 3);  // "itk::ERROR: MetaImageIO(0x...): "
    std::replace(why.begin(), why.end(), '\n', ' ');
    throw FormatError(text(path.string(), ": ITK cannot read it: ", why));
  }
}

VolumeInfo read_itk_header(itk::ImageIOBase& io, const std::filesystem::path& path, const std::string& format) {
  { const FileReader file(path); }
  with_itk_errors(path, [&] {
    io.SetFileName(path.string());
    io.ReadImageInformation();
  });

  const auto dimensions = dimensions_of(io);
  if (dimensions < 2 || dimensions > 3)
    throw FormatError(text(path.string(), ": has ", dimensions, " dimensions; a volume has 3",
                           dimensions > 3 ? ", write one of its volumes into a file of its own" : ""));
  if (io.GetNumberOfComponents() != 1 || io.GetPixelType() != itk::CommonEnums::IOPixel::SCALAR)
    throw FormatError(text(path.string(), ": holds ", io.GetNumberOfComponents(), " values a sample (",
                           itk::ImageIOBase::GetPixelTypeAsString(io.GetPixelType()), "); volumes are of one, grey"));

  VolumeInfo info;
  info.format = format;
  info.stored = stored_type(io, path);
  auto& geometry = info.geometry;
  for (unsigned axis = 0; axis < dimensions; ++axis) {
    geometry.size[axis] = static_cast<std::int64_t>(io.GetDimensions(axis));
    geometry.spacing[axis] = io.GetSpacing(axis);
    geometry.origin[axis] = io.GetOrigin(axis);
    const auto direction = io.GetDirection(axis);
    for (unsigned row = 0; row < std::min<std::size_t>(3, direction.size()); ++row)
      geometry.direction[3 * row + axis] = direction[row];
    if (geometry.size[axis] < 1)
      throw FormatError(text(path.string(), ": is empty: it has ", geometry.size[axis], " samples along one axis"));
  }
  info.metadata = metadata_of(io);
  return info;
}

std::vector<std::byte> read_itk_samples(itk::ImageIOBase& io, const std::filesystem::path& path) {
  const auto bytes = static_cast<std::uintmax_t>(io.GetImageSizeInBytes());
  std::vector<std::byte> samples;
  try {
    samples.resize(bytes);
  } catch (const std::exception&) {
    throw FormatError(text(path.string(), ": its ", bytes, " bytes of samples must be decoded into memory, which has not so "
                           "much; write it without compression, then it is read section by section"));
  }
  with_itk_errors(path, [&] {
    itk::ImageIORegion region(io.GetNumberOfDimensions());
    for (unsigned axis = 0; axis < io.GetNumberOfDimensions(); ++axis) region.SetSize(axis, io.GetDimensions(axis));
    io.SetIORegion(region);
    io.Read(samples.data());
  });
  return samples;
}

}  // namespace firstframe
