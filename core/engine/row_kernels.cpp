#include "core/engine/row_kernels.h"

namespace firstframe {

#ifdef FIRSTFRAME_X86_KERNELS

extern const RowKernels kRowKernelsAvx512Bf16;
extern const RowKernels kRowKernelsAvx512;
extern const RowKernels kRowKernelsAvx2;

namespace {

// The best first.
struct Candidate {
  const RowKernels* kernels;
  bool (*is_supported)();
};
constexpr Candidate kCandidates[] = {
    {&kRowKernelsAvx512Bf16,
     [] {
       return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw") &&
              __builtin_cpu_supports("avx512vl");
     }},
    {&kRowKernelsAvx512, [] { return static_cast<bool>(__builtin_cpu_supports("avx512f")); }},
    {&kRowKernelsAvx2, [] { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }},
};

template <typename Wanted>
const RowKernels* first_supported(const Wanted& wanted) {
  for (const auto& candidate : kCandidates)
    if (wanted(*candidate.kernels) && candidate.is_supported()) return candidate.kernels;
  return nullptr;
}

}  // namespace

const RowKernels* row_kernels(bool is_bf16) {
  return first_supported([&](const RowKernels& kernels) { return kernels.is_bf16 == is_bf16; });
}

const RowKernels* row_kernels_named(std::string_view name) {
  return first_supported([&](const RowKernels& kernels) { return kernels.name == name; });
}

#else

const RowKernels* row_kernels(bool) { return nullptr; }
const RowKernels* row_kernels_named(std::string_view) { return nullptr; }

#endif

}  // namespace firstframe
