#include "io/volume/meta_header.h"

#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"

namespace firstframe {
namespace {

constexpr std::size_t kLongestHeader = std::size_t{1} << 20;  // bytes
constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view words) {
  const auto first = words.find_first_not_of(kBlanks);
  return first == words.npos ? "" : words.substr(first, words.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

MetaHeader read_meta_header(const std::filesystem::path& path) {
  const auto bytes = read_bytes(path, kLongestHeader);
  const std::string_view header(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (std::size_t begin = 0; begin < header.size();) {
    const auto end = header.find('\n', begin);
    if (end == header.npos) break;
    const auto line = header.substr(begin, end - begin);
    const auto sign = line.find_first_of("=:");
    if (sign != line.npos && trimmed(line.substr(0, sign)) == "ElementDataFile")
      return {std::string(trimmed(line.substr(sign + 1))), static_cast<std::int64_t>(end + 1)};
    begin = end + 1;
  }
  throw FormatError(text(path.string(), ": its header does not end: no ElementDataFile in the first ", bytes.size(), " bytes"));
}

}  // namespace firstframe
