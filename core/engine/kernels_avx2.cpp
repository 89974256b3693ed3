// float32 on processors with avx2 and fma.

#include <immintrin.h>

#include "core/engine/row_blocks.h"

namespace firstframe {
namespace {

struct FloatsAvx2 {
  using Element = float;
  struct Vector {
    __m256 low, high;
  };
  using Weights = Vector;
  static constexpr int kVectors = 4;  // sums of a block of filters
  static constexpr int kPairLanes = 1;  // weights of both kinds for two would leave room for the sums of one pair only
  static constexpr int most_pixels(int lanes) { return lanes == 1 ? 6 : 3; }

  // All ones in the first `count` of eight lanes.
  static __m256i first(std::int64_t count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  }
  static Vector zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
  static Vector load(const float* at) { return {_mm256_loadu_ps(at), _mm256_loadu_ps(at + 8)}; }
  static Vector load_first(const float* at, std::int64_t count) {
    return {_mm256_maskload_ps(at, first(count)), _mm256_maskload_ps(at + 8, first(count - 8))};
  }
  static __m256 broadcast(const float* at) { return _mm256_broadcast_ss(at); }
  static __m256 broadcast(const std::uint32_t* at) { return _mm256_castsi256_ps(_mm256_set1_epi32(static_cast<int>(*at))); }
  static Weights weights(const std::uint32_t* at) { return load(reinterpret_cast<const float*>(at)); }
  static Vector multiply_add(Vector sum, __m256 a, Vector b) {
    return {_mm256_fmadd_ps(a, b.low, sum.low), _mm256_fmadd_ps(a, b.high, sum.high)};
  }
  static Vector rectified(Vector value) {
    return {_mm256_max_ps(value.low, _mm256_setzero_ps()), _mm256_max_ps(value.high, _mm256_setzero_ps())};
  }
  static Vector plus(Vector a, Vector b) { return {_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)}; }
  static Vector minus(Vector a, Vector b) { return {_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)}; }
  static void store(Vector value, float* at, std::int64_t count) {
    _mm256_maskstore_ps(at, first(count), value.low);
    _mm256_maskstore_ps(at + 8, first(count - 8), value.high);
  }
  static void store_features(Vector value, float* at, std::int64_t count) { store(value, at, count); }
};

}  // namespace

extern const RowKernels kRowKernelsAvx2;
const RowKernels kRowKernelsAvx2 = row_kernels_of<FloatsAvx2, FloatsAvx2>("avx2", false);

}  // namespace firstframe
