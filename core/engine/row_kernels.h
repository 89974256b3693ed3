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
/// above zero only where asked for. Sums are float32 and made in the same order for every pixel (by Winograd's filtering: for
/// every second one).
struct RowJob {
  const Segment* segments = nullptr;
  std::int64_t segment_count = 0;
  const std::uint32_t* weights = nullptr;  // see packed_layer.h; aligned to 64 bytes
  const float* bias = nullptr;             // outputs, rounded up to 16
  std::int64_t pixels = 0;
  std::int64_t outputs = 0;                // per pixel
  const float* added = nullptr;            // may be null
  std::int64_t added_stride = 0;           // values from pixel to pixel
  bool is_rectified = false;               // max(0, value)
  void* features = nullptr;                // output in the kernel's own type, or
  float* floats = nullptr;                 // output in float32
  std::int64_t out_stride = 0;             // values from pixel to pixel
};

/// One row of a map, in float32, on its way to a layer that reads it: rounded to the kernels' type, and by RowKernels::pair()
/// brought into the form that RowKernels::convolve_pairs() reads.
struct SeenJob {
  const float* row = nullptr;  // [pixels, channels]
  std::int64_t pixels = 0;     // that the layer sees: for pair() at least 3, two more than it gives
  std::int64_t channels = 0;   // whole words
  void* seen = nullptr;        // for round() as the row, for pair() [2, pixels_in_pairs(), channels]
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
  std::int64_t pair_lanes = 2;   // of a panel of weights for convolve_pairs()

  void (*convolve)(const RowJob& job) = nullptr;

  /// A row of a 3 x 3 convolution with 2/3 of the products, by Winograd's minimal filtering F(2, 3) along the row: S. Winograd,
  /// "Arithmetic Complexity of Computations", 1980; A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks",
  /// arXiv:1509.09308. Two neighbouring pixels of the result see four of the map, d0 to d3, through taps g0, g1, g2:
  ///
  ///     a = (d1 + d2) (g0 + g1 + g2) / 2,   first  = a + b + (d0 - d2) g0
  ///     b = (d2 - d1) (g0 - g1 + g2) / 2,   second = a - b + (d3 - d1) g2
  ///
  /// The inner products a and b are summed up over all channels and rows of taps first; their sum and their difference then
  /// stay in the registers in which the outer ones are added: as many sums as pixels, as in convolve().
  /// The job's segments are the inner halves of the rows that pair() makes, then the outer ones; weights of packed_pairs().
  void (*convolve_pairs)(const RowJob& job) = nullptr;
  void (*pair)(const SeenJob& job) = nullptr;
  void (*round)(const SeenJob& job) = nullptr;
  void (*filter)(const FilterJob& job) = nullptr;
  void (*multiply)(std::int64_t rounds, float* sums) = nullptr;  // for peak_gflops(): 8 times kPeakSums products and sums a round

  std::int64_t channels_per_word() const { return is_bf16 ? 2 : 1; }
};

/// Pixels of a result that lie in pairs, the last of which may be one too many.
inline std::int64_t pixels_in_pairs(std::int64_t pixels) { return (pixels + 1) / 2 * 2; }

/// Vectors of kLane sums that RowKernels::multiply() keeps in registers, and writes at the end.
inline constexpr int kPeakSums = 12;

/// The fastest kernels of this processor for a type of numbers; null where it has none, and on other architectures.
const RowKernels* row_kernels(bool is_bf16);

/// The kernels by their name; null where this processor, or this build, lacks them.
const RowKernels* row_kernels_named(std::string_view name);

/// Weights of how many outputs lie side by side. A panel of convolve() holds two such lanes, the last one of an odd number.
inline constexpr std::int64_t kLane = 16;

}  // namespace firstframe
