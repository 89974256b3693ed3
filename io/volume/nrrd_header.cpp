#include "io/volume/nrrd_header.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"

namespace firstframe {
namespace {

constexpr std::size_t kLongestHeader = std::size_t{1} << 20;  // bytes

std::string_view trimmed(std::string_view words) {
  while (!words.empty() && std::isspace(static_cast<unsigned char>(words.front()))) words.remove_prefix(1);
  while (!words.empty() && std::isspace(static_cast<unsigned char>(words.back()))) words.remove_suffix(1);
  return words;
}

// "Data File" and "datafile" are the same field.
std::string field_name(std::string_view words) {
  std::string name;
  for (const char letter : words)
    if (letter != ' ') name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return name;
}

std::int64_t number(const std::filesystem::path& path, const std::string& field, std::string_view words) {
  std::int64_t result = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), result);
  if (error != std::errc() || end != words.data() + words.size() || result < (field == "byteskip" ? -1 : 0))
    throw FormatError(text(path.string(), ": \"", words, "\" is no ", field, " of a NRRD header"));
  return result;
}

void take_field(NrrdData& data, const std::filesystem::path& path, const std::string& field, std::string_view value) {
  if (field == "encoding") {
    data.encoding = field_name(value);
    if (data.encoding == "gz") data.encoding = "gzip";
    if (data.encoding == "bz2") data.encoding = "bzip2";
  } else if (field == "endian") {
    data.big_endian = field_name(value) == "big";
  } else if (field == "lineskip") {
    data.line_skip = number(path, field, value);
  } else if (field == "byteskip") {
    data.byte_skip = number(path, field, value);
  } else if (field == "datafile") {
    data.file = value;
    data.in_many_files = value.starts_with("LIST") || value.find('%') != value.npos;
  }
}

}  // namespace

NrrdData read_nrrd_header(const std::filesystem::path& path) {
  const auto bytes = read_bytes(path, kLongestHeader);
  const std::string_view header(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!header.starts_with("NRRD0")) throw FormatError(text(path.string(), ": does not begin with NRRD0, as NRRD files do"));

  NrrdData data;
  std::size_t begin = 0;
  while (begin < header.size()) {
    const auto newline = header.find('\n', begin);
    const auto line = trimmed(header.substr(begin, newline == header.npos ? header.npos : newline - begin));
    begin = newline == header.npos ? header.size() : newline + 1;
    if (line.empty()) {
      data.header_length = static_cast<std::int64_t>(begin);
      return data;
    }
    const auto colon = line.find(": ");
    const auto pair = line.find(":=");
    if (line.front() == '#' || colon == line.npos || pair < colon) continue;
    take_field(data, path, field_name(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    if (data.in_many_files) return data;  // names follow, and no blank line
  }
  if (data.file.empty())
    throw FormatError(text(path.string(), ": its header does not end: no blank line in the first ", bytes.size(), " bytes"));
  return data;
}

}  // namespace firstframe
