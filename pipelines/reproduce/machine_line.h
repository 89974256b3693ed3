#pragma once

#include <string>

namespace firstframe {

/// What measured times depend on, in one line: "AMD EPYC 9B45, 2 threads, AVX512 with bf16, LibTorch 1.13.1".
/// Takes about a quarter of a second.
std::string machine_line();

}  // namespace firstframe
