// bf16 on processors with avx512_bf16: a word is a pair of channels, multiplied and added to a float32 sum at once.

#include "core/engine/floats_avx512.h"

namespace firstframe {
namespace {

struct PairsAvx512 {
  using Element = std::uint16_t;
  using Vector = __m512;
  using Weights = __m512bh;
  static constexpr int most_pixels(int lanes) { return lanes == 1 ? 24 : 14; }

  static Vector load(const float* at) { return _mm512_loadu_ps(at); }
  static Weights weights(const std::uint32_t* at) { return (__m512bh)_mm512_load_si512(at); }
  // As an instruction of its own: folded into the product it halves the speed of Zen 4.
  static __m512bh broadcast(const std::uint32_t* at) {
    __m512i value;
    asm("vpbroadcastd %1, %0" : "=v"(value) : "m"(*at));
    return (__m512bh)value;
  }
  static Vector multiply_add(Vector sum, __m512bh a, __m512bh b) { return _mm512_dpbf16_ps(sum, a, b); }
  static Vector rectified(Vector value) { return _mm512_max_ps(value, _mm512_setzero_ps()); }
  static Vector plus_features(Vector value, const Element* at, std::int64_t count) {
    const auto halves = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(FloatsAvx512::first(count), at));
    return _mm512_add_ps(value, _mm512_castsi512_ps(_mm512_slli_epi32(halves, 16)));
  }
  static void store(Vector value, float* at, std::int64_t count) { FloatsAvx512::store(value, at, count); }
  static void store_features(Vector value, Element* at, std::int64_t count) {
    _mm256_mask_storeu_epi16(at, FloatsAvx512::first(count), (__m256i)_mm512_cvtneps_pbh(value));
  }
};

}  // namespace

extern const RowKernels kRowKernelsAvx512Bf16;
const RowKernels kRowKernelsAvx512Bf16{"avx512_bf16", true, convolve_row<PairsAvx512>, filter_rows<FloatsAvx512>,
                                       multiply_rounds<PairsAvx512>};

}  // namespace firstframe
