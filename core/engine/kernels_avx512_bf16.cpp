// bf16 on processors with avx512_bf16: a word is a pair of channels, multiplied and added to a float32 sum at once.

#include "core/engine/floats_avx512.h"

namespace firstframe {
namespace {

struct Bf16Avx512 : FloatsAvx512 {
  using Element = std::uint16_t;
  using Weights = __m512bh;

  static Weights weights(const std::uint32_t* at) { return (__m512bh)_mm512_load_si512(at); }
  // As an instruction of its own: folded into the product it halves the speed of Zen 4.
  static __m512bh broadcast(const std::uint32_t* at) {
    __m512i value;
    asm("vpbroadcastd %1, %0" : "=v"(value) : "m"(*at));
    return (__m512bh)value;
  }
  static Vector multiply_add(Vector sum, __m512bh a, __m512bh b) { return _mm512_dpbf16_ps(sum, a, b); }
  static void store_features(Vector value, Element* at, std::int64_t count) {
    _mm256_mask_storeu_epi16(at, first(count), (__m256i)_mm512_cvtneps_pbh(value));
  }
};

}  // namespace

extern const RowKernels kRowKernelsAvx512Bf16;
const RowKernels kRowKernelsAvx512Bf16 = row_kernels_of<Bf16Avx512, FloatsAvx512>("avx512_bf16", true);

}  // namespace firstframe
