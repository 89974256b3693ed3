#include "core/frame/border.h"

#include <algorithm>

namespace firstframe {

std::int64_t border_index(std::int64_t index, std::int64_t length, Border border) {
  if (index >= 0 && index < length) return index;
  if (length == 1) return 0;
  const auto wrap = [](std::int64_t i, std::int64_t period) { return ((i % period) + period) % period; };
  switch (border) {
    case Border::circular: return wrap(index, length);
    case Border::replicate: return std::clamp<std::int64_t>(index, 0, length - 1);
    case Border::reflect: break;
  }
  const auto folded = wrap(index, 2 * (length - 1));
  return folded < length ? folded : 2 * (length - 1) - folded;
}

std::string_view name_of(Border border) {
  switch (border) {
    case Border::circular: return "circular";
    case Border::replicate: return "replicate";
    case Border::reflect: break;
  }
  return "reflect";
}

std::optional<Border> border_named(std::string_view name) {
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    if (name == name_of(border)) return border;
  return std::nullopt;
}

}  // namespace firstframe
