#include <array>
#include <set>
#include <string>

#include "core/base/text.h"
#include "io/volume/block_sink.h"
#include "io/volume/detached_data.h"
#include "io/volume/header_number.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

const char* element_type(StoredType type) {
  static const char* const names[] = {"MET_CHAR", "MET_UCHAR", "MET_SHORT", "MET_USHORT",
                                      "MET_INT",  "MET_UINT",  "MET_FLOAT", "MET_DOUBLE"};
  return names[static_cast<int>(type)];
}

// Entries that the header has of its own, or that told about the input's file alone.
bool is_carried(const std::string& key, const std::string& value) {
  static const std::set<std::string> own = {
      "ObjectType", "ObjectSubType", "NDims", "BinaryData", "BinaryDataByteOrderMSB", "ElementByteOrderMSB", "CompressedData",
      "CompressedDataSize", "CompressionLevel", "TransformMatrix", "Rotation", "Orientation", "Offset", "Position", "Origin",
      "CenterOfRotation", "AnatomicalOrientation", "ElementSpacing", "ElementSize", "ElementNumberOfChannels", "DimSize",
      "HeaderSize", "ElementType", "ElementDataFile", "Name", "ID", "ParentID", "Color"};
  // "=" and ":" end a key, a line ends an entry.
  return !own.contains(key) && !key.starts_with("ITK_") && !key.empty() && !value.empty() &&
         key.find_first_of(" \t\r\n=:") == key.npos && value.find_first_of("\r\n") == value.npos;
}

// After https://itk.org/Wiki/ITK/MetaIO/Documentation.
std::string meta_image_header(const VolumeInfo& info, const std::string& data) {
  const auto& [size, spacing, origin, direction] = info.geometry;
  std::array<double, 9> axes;  // one axis after the other
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t row = 0; row < 3; ++row) axes[3 * axis + row] = direction[3 * row + axis];
  auto header = text("ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
                     "CompressedData = False\nTransformMatrix = ", header_numbers(axes), "\nOffset = ", header_numbers(origin),
                     "\nCenterOfRotation = 0 0 0\nElementSpacing = ", header_numbers(spacing), "\nDimSize = ", size[0], " ",
                     size[1], " ", size[2], "\n");
  for (const auto& [key, value] : info.metadata)
    if (is_carried(key, value)) header += key + " = " + value + "\n";
  return header + "ElementType = " + element_type(info.stored) + "\nElementDataFile = " + data + "\n";
}

}  // namespace

std::unique_ptr<SectionSink> open_meta_image_sink(const fs::path& path, const VolumeInfo& info, const SinkOptions& options) {
  if (volume_ending(path) == ".mhd")
    return open_detached_sink(path, info, [&](const std::string& data) { return meta_image_header(info, data); }, options);
  return open_block_sink(path, info, local_layout(info, meta_image_header(info, "LOCAL")), options);
}

}  // namespace firstframe
