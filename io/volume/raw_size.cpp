#include "io/volume/raw_size.h"

#include <charconv>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

std::array<std::int64_t, 3> raw_size_of(const std::string& given) {
  std::array<std::int64_t, 3> size{};
  const char* at = given.data();
  const char* const end = at + given.size();
  for (std::size_t i = 0; i < 3; ++i) {
    const auto [after, error] = std::from_chars(at, end, size[i]);
    const bool is_last = i == 2;
    if (error != std::errc() || size[i] < 1 || (is_last ? after != end : after == end || *after != 'x'))
      throw ArgumentError(text("raw-size: '", given, "' is not accepted; use COLUMNSxROWSxSECTIONS, such as 512x1024x128"));
    at = after + 1;
  }
  return size;
}

}  // namespace firstframe
