#pragma once

#include <cstdint>
#include <string_view>


namespace firstframe {

/// A stretch of inputs that lie one after the other, for every pixel `stride` words further. A word is 32 bits: two bf16
/// channels, or one float32 channel. A row of a 3 x 3 convolution is such a stretch: three neighbouring pixels of C channels.
struct Segment {
  const std::uint32_t* first = nullptr;
  std::int64_t stride = 0;
  std::int64_t words = 0;
};

/// One row of a layer: for every pixel the product of its segments with the weights, plus the bias, plus what is added,
/// above zero only where asked for. Sums are float32 and made in the same order for every pixel.
struct RowJob {
  const Segment* segments = nullptr;
  std::int64_t segment_count = 0;
  const std::uint32_t* weights = nullptr;  // see packed_layer.h; aligned to 64 bytes
  const float* bias = nullptr;             // outputs, rounded up to 16
  std::int64_t pixels = 0;
  std::int64_t outputs = 0;                // per pixel
  const void* added = nullptr;             // features laid out as the output; may be null
  std::int64_t added_stride = 0;           // values from pixel to pixel
  bool is_rectified = false;               // max(0, value)
  void* features = nullptr;                // output in the kernel's own type, or
  float* floats = nullptr;                 // output in float32
  std::int64_t out_stride = 0;             // values from pixel to pixel
};

/// Rows of several filters over planes of float32: what each filter's taps, correlated with the planes, sum up to.
struct FilterJob {
  const float* first = nullptr;  // the pixel under the first tap of the first result, in the first plane
  std::int64_t stride = 0;       // of a plane's rows
  std::int64_t planes = 1;
  std::int64_t plane_stride = 0;
  const float* taps = nullptr;   // [planes, tap_rows, tap_cols, filters]
  std::int64_t tap_rows = 0;
  std::int64_t tap_cols = 0;
  std::int64_t filters = 0;
  std::int64_t rows = 0;
  std::int64_t pixels = 0;       // of a row
  float* out = nullptr;          // [filters, rows, out_stride]
  std::int64_t out_stride = 0;
};

/// The innermost loops, for one kind of processor and one type of numbers.
struct RowKernels {
  std::string_view name;         // "avx512_bf16", "avx512", "avx2"
  bool is_bf16 = false;          // features and weights are bf16, otherwise float32
  void (*convolve)(const RowJob& job) = nullptr;
  void (*filter)(const FilterJob& job) = nullptr;
  void (*multiply)(std::int64_t rounds, float* sums) = nullptr;  // for peak_gflops(): 8 times kPeakSums products and sums a round

  std::int64_t channels_per_word() const { return is_bf16 ? 2 : 1; }
};

/// Vectors of kLane sums that RowKernels::multiply() keeps in registers, and writes at the end.
inline constexpr int kPeakSums = 12;

/// The fastest kernels of this processor for a type of numbers; null where it has none, and on other architectures.
const RowKernels* row_kernels(bool is_bf16);

/// The kernels by their name; null where this processor, or this build, lacks them.
const RowKernels* row_kernels_named(std::string_view name);

/// Weights of how many outputs lie side by side. A panel holds two such lanes, the last one of an odd number.
inline constexpr std::int64_t kLane = 16;

}  // namespace firstframe
