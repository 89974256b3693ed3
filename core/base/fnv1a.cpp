#include "core/base/fnv1a.h"

#include <iomanip>
#include <sstream>

namespace firstframe {

std::string Fnv1a64::name() const {
  std::ostringstream out;
  out << "fnv1a64:" << std::hex << std::setw(16) << std::setfill('0') << state_;
  return out.str();
}

}  // namespace firstframe
