#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "io/volume/volume_info.h"

namespace firstframe {

/// The MetaImage header of a volume with its samples behind it.
inline std::string metaimage_header(const VolumeGeometry& geometry, const std::string& element_type) {
  const auto three = [](const std::array<double, 3>& v) {
    return std::to_string(v[0]) + " " + std::to_string(v[1]) + " " + std::to_string(v[2]);
  };
  return "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = False\n"
         "TransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = " + three(geometry.origin) + "\nElementSpacing = " + three(geometry.spacing) +
         "\nDimSize = " + std::to_string(geometry.size[0]) + " " + std::to_string(geometry.size[1]) + " " +
         std::to_string(geometry.size[2]) + "\nElementType = " + element_type + "\nElementDataFile = LOCAL\n";
}

/// Writes signed 16-bit samples, x fastest, as MetaImage.
inline void write_metaimage(const std::string& path, const VolumeGeometry& geometry, const std::vector<std::int16_t>& samples) {
  std::ofstream file(path, std::ios::binary);
  file << metaimage_header(geometry, "MET_SHORT");
  file.write(reinterpret_cast<const char*>(samples.data()), static_cast<std::streamsize>(samples.size() * 2));
}

/// The samples behind the header of a MetaImage file of signed 16-bit or float32 samples.
template <typename T>
std::vector<T> metaimage_samples(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const std::string last = "ElementDataFile = LOCAL\n";
  const auto header = bytes.find(last);
  if (header == std::string::npos) return {};
  std::vector<T> samples((bytes.size() - header - last.size()) / sizeof(T));
  std::memcpy(samples.data(), bytes.data() + header + last.size(), samples.size() * sizeof(T));
  return samples;
}

}  // namespace firstframe
