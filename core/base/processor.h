#pragma once

#include <string>

namespace firstframe {

/// Whether the processor has a feature by the kernel's name for it, such as "avx512_bf16" (/proc/cpuinfo, flags).
bool processor_has(const std::string& feature);

}  // namespace firstframe
