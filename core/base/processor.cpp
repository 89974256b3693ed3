#include "core/base/processor.h"

#include <fstream>

namespace firstframe {

bool processor_has(const std::string& feature) {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("flags")) return (line + " ").find(" " + feature + " ") != std::string::npos;
  return false;
}

}  // namespace firstframe
