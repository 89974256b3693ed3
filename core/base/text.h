#pragma once

#include <sstream>
#include <string>

namespace firstframe {

/// Writes its arguments one after another, as `operator<<` does: text("stride ", 80) is "stride 80".
template <typename... Args>
std::string text(const Args&... args) {
  std::ostringstream out;
  (out << ... << args);
  return out.str();
}

}  // namespace firstframe
