#pragma once

#include <immintrin.h>

#include "core/engine/row_blocks.h"

namespace firstframe {
namespace {

// float32 features and sums in 16 lanes, for files compiled with avx512f.
struct FloatsAvx512 {
  using Element = float;
  using Vector = __m512;
  using Weights = __m512;
  static constexpr int kVectors = 24;  // sums of a block of filters
  static constexpr int kPairLanes = 2;
  static constexpr int most_pixels(int lanes) { return lanes == 1 ? 24 : 14; }

  static __mmask16 first(std::int64_t count) { return static_cast<__mmask16>((1u << count) - 1); }
  static Vector zero() { return _mm512_setzero_ps(); }
  static Vector load(const float* at) { return _mm512_loadu_ps(at); }
  static Vector load_first(const float* at, std::int64_t count) { return _mm512_maskz_loadu_ps(first(count), at); }
  static Vector broadcast(const float* at) { return _mm512_set1_ps(*at); }
  static Vector broadcast(const std::uint32_t* at) {
    Vector value;
    asm("vbroadcastss %1, %0" : "=v"(value) : "m"(*at));
    return value;
  }
  static Weights weights(const std::uint32_t* at) { return _mm512_load_ps(at); }
  static Vector multiply_add(Vector sum, Vector a, Vector b) { return _mm512_fmadd_ps(a, b, sum); }
  static Vector rectified(Vector value) { return _mm512_max_ps(value, zero()); }
  static Vector plus(Vector a, Vector b) { return _mm512_add_ps(a, b); }
  static Vector minus(Vector a, Vector b) { return _mm512_sub_ps(a, b); }
  static void store(Vector value, float* at, std::int64_t count) { _mm512_mask_storeu_ps(at, first(count), value); }
  static void store_features(Vector value, float* at, std::int64_t count) { store(value, at, count); }
};

}  // namespace
}  // namespace firstframe
