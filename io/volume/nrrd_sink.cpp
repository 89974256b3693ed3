#include <array>
#include <string>

#include "core/base/text.h"
#include "io/volume/block_sink.h"
#include "io/volume/detached_data.h"
#include "io/volume/header_number.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

std::string type_name(StoredType type) {
  if (type == StoredType::float32) return "float";
  return type == StoredType::float64 ? "double" : name_of(type);
}

// The header's own fields come back from ITK as NRRD_...; key/value pairs may not hold what ends them.
bool is_carried(const std::string& key, const std::string& value) {
  return !key.starts_with("NRRD_") && !key.starts_with("ITK_") && !key.empty() && !value.empty() && key.front() != '#' &&
         key.find_first_of("\r\n:=") == key.npos && value.find('\r') == value.npos;
}

std::string escaped(const std::string& value) {
  std::string result;
  for (const char letter : value) {
    if (letter == '\\') result += "\\\\";
    else if (letter == '\n') result += "\\n";
    else result += letter;
  }
  return result;
}

std::string vector_of(const std::array<double, 3>& numbers) { return text("(", header_numbers(numbers, ","), ")"); }

// After http://teem.sourceforge.net/nrrd/format.html. ITK's coordinates run to the left, the back and the head.
std::string nrrd_header(const VolumeInfo& info, const std::string& data) {
  const auto& [size, spacing, origin, direction] = info.geometry;
  auto header = text("NRRD0004\ntype: ", type_name(info.stored), "\ndimension: 3\nspace: left-posterior-superior\nsizes: ",
                     size[0], " ", size[1], " ", size[2], "\nspace directions:");
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto length = spacing[axis];
    header += text(" ", vector_of({direction[axis] * length, direction[3 + axis] * length, direction[6 + axis] * length}));
  }
  header += text("\nkinds: domain domain domain\nendian: little\nencoding: raw\nspace origin: ", vector_of(origin), "\n");
  if (!data.empty()) header += text("data file: ", data, "\n");
  for (const auto& [key, value] : info.metadata)
    if (is_carried(key, value)) header += key + ":=" + escaped(value) + "\n";
  return header + "\n";
}

}  // namespace

std::unique_ptr<SectionSink> open_nrrd_sink(const fs::path& path, const VolumeInfo& info, const SinkOptions& options) {
  if (volume_ending(path) == ".nhdr")
    return open_detached_sink(path, info, [&](const std::string& data) { return nrrd_header(info, data); }, options);
  return open_block_sink(path, info, local_layout(info, nrrd_header(info, "")), options);
}

}  // namespace firstframe
