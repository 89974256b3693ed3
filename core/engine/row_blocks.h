#pragma once

#include "core/engine/row_kernels.h"

// The loops that all kinds of processors share, to be included by the files that are compiled for one of them. Everything
// here has internal linkage, and nothing of the standard library is used: a function compiled for a newer processor must
// not be the one that the linker keeps for all.

namespace firstframe {
namespace {

#define FIRSTFRAME_UNROLL _Pragma("GCC unroll 32")

// Isa offers: Element (of features), Vector (kLane sums), Weights, most_pixels(lanes) whose sums fit the registers, kPairLanes
// of a panel for convolve_pairs(), and the operations used below.

// Sums of `kPixels` neighbouring pixels of `kLanes` x 16 outputs, which stay in registers: every word of the inputs is loaded
// once for all lanes, every weight once for all pixels of its kind. Kinds take turns along the row.
template <int kKinds, typename Isa, int kPixels, int kLanes>
[[gnu::always_inline]] inline void add_products(typename Isa::Vector (&sums)[kPixels][kLanes], const Segment* segments,
                                                std::int64_t segment_count, const std::uint32_t*& weights, std::int64_t pixel) {
  for (std::int64_t s = 0; s < segment_count; ++s) {
    const auto stride = segments[s].stride;
    // Every third pixel has a pointer, the two after it are a stride or two further: x86 adds those for nothing.
    const std::uint32_t* inputs[(kPixels + 2) / 3];
    FIRSTFRAME_UNROLL
    for (int i = 0; i < (kPixels + 2) / 3; ++i) inputs[i] = segments[s].first + (pixel + 3 * i) * stride;
    for (std::int64_t word = 0; word < segments[s].words; ++word) {
      FIRSTFRAME_UNROLL
      for (int kind = 0; kind < kKinds; ++kind) {
        typename Isa::Weights weight[kLanes];
        FIRSTFRAME_UNROLL
        for (int lane = 0; lane < kLanes; ++lane) weight[lane] = Isa::weights(weights + lane * kLane);
        weights += kLanes * kLane;
        FIRSTFRAME_UNROLL
        for (int p = kind; p < kPixels; p += kKinds) {
          const auto input = Isa::broadcast(inputs[p / 3] + (p % 3) * stride);
          FIRSTFRAME_UNROLL
          for (int lane = 0; lane < kLanes; ++lane) sums[p][lane] = Isa::multiply_add(sums[p][lane], input, weight[lane]);
        }
      }
      FIRSTFRAME_UNROLL
      for (int i = 0; i < (kPixels + 2) / 3; ++i) ++inputs[i];
    }
  }
}

template <typename Isa, int kPixels, int kLanes, bool kInPairs>
void convolve_block(const RowJob& job, const std::uint32_t* weights, std::int64_t pixel, std::int64_t output) {
  typename Isa::Vector sums[kPixels][kLanes];
  FIRSTFRAME_UNROLL
  for (int lane = 0; lane < kLanes; ++lane) {
    const auto bias = Isa::load(job.bias + output + lane * kLane);
    FIRSTFRAME_UNROLL
    for (int p = 0; p < kPixels; ++p) sums[p][lane] = kInPairs && p % 2 == 1 ? Isa::zero() : bias;
  }
  if constexpr (kInPairs) {
    const auto half = job.segment_count / 2;
    add_products<2, Isa>(sums, job.segments, half, weights, pixel);
    FIRSTFRAME_UNROLL
    for (int p = 0; p < kPixels; p += 2) {
      FIRSTFRAME_UNROLL
      for (int lane = 0; lane < kLanes; ++lane) {
        const auto even = sums[p][lane], odd = sums[p + 1][lane];
        sums[p][lane] = Isa::plus(even, odd);
        sums[p + 1][lane] = Isa::minus(even, odd);
      }
    }
    add_products<2, Isa>(sums, job.segments + half, half, weights, pixel);
  } else {
    add_products<1, Isa>(sums, job.segments, job.segment_count, weights, pixel);
  }
  FIRSTFRAME_UNROLL
  for (int p = 0; p < kPixels; ++p) {
    if (kInPairs && p + 1 == kPixels && pixel + p == job.pixels) break;  // half of the row's last pair
    FIRSTFRAME_UNROLL
    for (int lane = 0; lane < kLanes; ++lane) {
      const auto first = output + lane * kLane;
      const auto count = job.outputs - first < kLane ? job.outputs - first : kLane;
      auto value = sums[p][lane];
      if (job.added) value = Isa::plus(value, Isa::load_first(job.added + (pixel + p) * job.added_stride + first, count));
      if (job.is_rectified) value = Isa::rectified(value);
      const auto at = (pixel + p) * job.out_stride + first;
      if (job.floats)
        Isa::store(value, job.floats + at, count);
      else
        Isa::store_features(value, static_cast<typename Isa::Element*>(job.features) + at, count);
    }
  }
}

using Block = void (*)(const RowJob& job, const std::uint32_t* weights, std::int64_t pixel, std::int64_t output);

// The block for every number of pixels, or of pairs of them, up to the most.
template <typename Isa, int kLanes, bool kInPairs>
struct Blocks {
  static constexpr int kStep = kInPairs ? 2 : 1, kMost = Isa::most_pixels(kLanes) / kStep;
  Block of[kMost + 1] = {};
  constexpr Blocks() { fill<kMost>(); }

  template <int kSteps>
  constexpr void fill() {
    of[kSteps] = convolve_block<Isa, kSteps * kStep, kLanes, kInPairs>;
    if constexpr (kSteps > 1) fill<kSteps - 1>();
  }
};

// A panel of outputs along the row, in blocks as equal as they can be: a short one would wait for its sums.
template <typename Isa, int kLanes, bool kInPairs>
void convolve_panel(const RowJob& job, const std::uint32_t* weights, std::int64_t output) {
  using All = Blocks<Isa, kLanes, kInPairs>;
  static constexpr All blocks;
  const auto steps = (job.pixels + All::kStep - 1) / All::kStep, count = (steps + All::kMost - 1) / All::kMost;
  for (std::int64_t i = 0, step = 0; i < count; ++i) {
    const auto end = (i + 1) * steps / count;
    blocks.of[end - step](job, weights, step * All::kStep, output);
    step = end;
  }
}

// In panels of `kLanes`, and of one.
template <typename Isa, int kLanes, bool kInPairs>
void convolve_panels(const RowJob& job) {
  std::int64_t words = 0;
  for (std::int64_t s = 0; s < job.segment_count; ++s) words += job.segments[s].words * (kInPairs ? 2 : 1);
  const auto* weights = job.weights;
  std::int64_t output = 0;
  for (; output + (kLanes - 1) * kLane < job.outputs; output += kLanes * kLane, weights += kLanes * kLane * words)
    convolve_panel<Isa, kLanes, kInPairs>(job, weights, output);
  if (output < job.outputs) convolve_panel<Isa, 1, kInPairs>(job, weights, output);
}

template <typename Isa>
void convolve_row(const RowJob& job) {
  convolve_panels<Isa, 2, false>(job);
}

template <typename Isa>
void convolve_pairs(const RowJob& job) {
  convolve_panels<Isa, Isa::kPairLanes, true>(job);
}

// Along the row with 16 channels at a time: what a pair shares with the next one is loaded once.
template <typename Isa>
void pair_row(const SeenJob& job) {
  using Element = typename Isa::Element;
  const auto pixels = job.pixels, channels = job.channels, pairs = (pixels - 1) / 2;
  for (std::int64_t channel = 0; channel < channels; channel += kLane) {
    const auto count = channels - channel < kLane ? channels - channel : kLane;
    const float* at = job.row + channel;
    Element* inner = static_cast<Element*>(job.seen) + channel;
    Element* outer = inner + 2 * pairs * channels;
    auto d0 = Isa::load_first(at, count), d1 = Isa::load_first(at + channels, count);
    for (std::int64_t pair = 0; pair < pairs; ++pair) {
      at += 2 * channels;
      const auto d2 = Isa::load_first(at, count);
      // The second half of the last pair may lie beyond the row, and is then of no use.
      const auto d3 = 2 * pair + 3 < pixels ? Isa::load_first(at + channels, count) : d2;
      Isa::store_features(Isa::plus(d1, d2), inner, count);
      Isa::store_features(Isa::minus(d2, d1), inner + channels, count);
      Isa::store_features(Isa::minus(d0, d2), outer, count);
      Isa::store_features(Isa::minus(d3, d1), outer + channels, count);
      inner += 2 * channels;
      outer += 2 * channels;
      d0 = d2;
      d1 = d3;
    }
  }
}

template <typename Isa>
void round_row(const SeenJob& job) {
  for (std::int64_t at = 0, end = job.pixels * job.channels; at < end; at += kLane) {
    const auto count = end - at < kLane ? end - at : kLane;
    Isa::store_features(Isa::load_first(job.row + at, count), static_cast<typename Isa::Element*>(job.seen) + at, count);
  }
}

// Products of registers alone: the most that a processor can do. So many sums at once as the registers hold.
template <typename Isa>
void multiply_rounds(std::int64_t rounds, float* sums) {
  alignas(64) std::uint32_t values[kLane] = {};
  constexpr int most = Isa::most_pixels(1) < kPeakSums ? Isa::most_pixels(1) : kPeakSums;
  static_assert(kPeakSums % most == 0);
  for (int first = 0; first < kPeakSums; first += most) {
    typename Isa::Vector all[most];
    FIRSTFRAME_UNROLL
    for (int i = 0; i < most; ++i) all[i] = Isa::load(sums + (first + i) * kLane);
    for (std::int64_t round = 0; round < rounds; ++round) {
      // As far as the compiler knows the factors change from round to round, without a load for every product.
      asm("" : "+m"(values));
      const auto input = Isa::broadcast(values);
      const auto weight = Isa::weights(values);
      FIRSTFRAME_UNROLL
      for (int repeat = 0; repeat < 8; ++repeat) {
        FIRSTFRAME_UNROLL
        for (int i = 0; i < most; ++i) all[i] = Isa::multiply_add(all[i], input, weight);
      }
    }
    FIRSTFRAME_UNROLL
    for (int i = 0; i < most; ++i) Isa::store(all[i], sums + (first + i) * kLane, kLane);
  }
}

// One row of a plane met by one row of taps for every row of results: kFilters filters on kRows rows of kVectors x 16
// pixels. `taps` points at those of the first row of results, `row_taps` further back lie those of the next.
template <typename Floats, int kRows, int kFilters, int kVectors>
inline void filter_line(typename Floats::Vector (&sums)[kRows][kFilters][kVectors], const FilterJob& job, const float* line,
                        const float* taps, std::int64_t last_count) {
  const auto row_taps = job.tap_cols * job.filters;
  for (std::int64_t x = 0; x < job.tap_cols; ++x, ++line, taps += job.filters) {
    typename Floats::Vector values[kVectors];
    FIRSTFRAME_UNROLL
    for (int v = 0; v < kVectors; ++v)
      values[v] = v + 1 < kVectors ? Floats::load(line + v * kLane) : Floats::load_first(line + v * kLane, last_count);
    FIRSTFRAME_UNROLL
    for (int r = 0; r < kRows; ++r) {
      FIRSTFRAME_UNROLL
      for (int f = 0; f < kFilters; ++f) {
        const auto tap = Floats::broadcast(taps - r * row_taps + f);
        FIRSTFRAME_UNROLL
        for (int v = 0; v < kVectors; ++v) sums[r][f][v] = Floats::multiply_add(sums[r][f][v], tap, values[v]);
      }
    }
  }
}

template <typename Floats, int kRows, int kFilters, int kVectors>
void filter_block(const FilterJob& job, std::int64_t row, std::int64_t filter, std::int64_t pixel, std::int64_t last_count) {
  typename Floats::Vector sums[kRows][kFilters][kVectors];
  FIRSTFRAME_UNROLL
  for (int i = 0; i < kRows * kFilters * kVectors; ++i) (&sums[0][0][0])[i] = Floats::zero();
  const float* line = job.first + row * job.stride + pixel;
  const float* taps = job.taps + filter;
  const auto row_taps = job.tap_cols * job.filters;
  for (std::int64_t plane = 0; plane < job.planes; ++plane, line += job.plane_stride, taps += job.tap_rows * row_taps) {
    if constexpr (kRows == 1) {
      for (std::int64_t y = 0; y < job.tap_rows; ++y)
        filter_line<Floats, 1, kFilters, kVectors>(sums, job, line + y * job.stride, taps + y * row_taps, last_count);
    } else {
      // Two rows of results share all rows of the plane but their first and last.
      using One = typename Floats::Vector[1][kFilters][kVectors];
      filter_line<Floats, 1, kFilters, kVectors>(*reinterpret_cast<One*>(&sums[0]), job, line, taps, last_count);
      for (std::int64_t y = 1; y < job.tap_rows; ++y)
        filter_line<Floats, 2, kFilters, kVectors>(sums, job, line + y * job.stride, taps + y * row_taps, last_count);
      filter_line<Floats, 1, kFilters, kVectors>(*reinterpret_cast<One*>(&sums[1]), job, line + job.tap_rows * job.stride,
                                                 taps + (job.tap_rows - 1) * row_taps, last_count);
    }
  }
  FIRSTFRAME_UNROLL
  for (int r = 0; r < kRows; ++r) {
    FIRSTFRAME_UNROLL
    for (int f = 0; f < kFilters; ++f) {
      float* out = job.out + ((filter + f) * job.rows + row + r) * job.out_stride + pixel;
      FIRSTFRAME_UNROLL
      for (int v = 0; v < kVectors; ++v) Floats::store(sums[r][f][v], out + v * kLane, v + 1 < kVectors ? kLane : last_count);
    }
  }
}

// The block of `vectors` vectors, kVectors at most.
template <typename Floats, int kRows, int kFilters, int kVectors>
void filter_some(const FilterJob& job, std::int64_t row, std::int64_t filter, std::int64_t pixel, std::int64_t vectors,
                 std::int64_t last_count) {
  if constexpr (kVectors > 1)
    if (vectors < kVectors)
      return filter_some<Floats, kRows, kFilters, kVectors - 1>(job, row, filter, pixel, vectors, last_count);
  filter_block<Floats, kRows, kFilters, kVectors>(job, row, filter, pixel, last_count);
}

// Along the row in blocks as equal as they can be.
template <typename Floats, int kRows, int kFilters>
void filter_group(const FilterJob& job, std::int64_t row, std::int64_t filter) {
  constexpr int fitting = Floats::kVectors / (kRows * kFilters), most = fitting > 6 ? 6 : fitting;
  const auto vectors = (job.pixels + kLane - 1) / kLane, count = (vectors + most - 1) / most;
  for (std::int64_t i = 0, begin = 0; i < count; ++i) {
    const auto end = (i + 1) * vectors / count;
    filter_some<Floats, kRows, kFilters, most>(job, row, filter, begin * kLane, end - begin,
                                               end < vectors ? kLane : job.pixels - (vectors - 1) * kLane);
    begin = end;
  }
}

template <typename Floats, int kRows>
void filter_rows_at(const FilterJob& job, std::int64_t row) {
  std::int64_t filter = 0;
  for (; job.filters - filter >= 2; filter += 2) filter_group<Floats, kRows, 2>(job, row, filter);
  if (filter < job.filters) filter_group<Floats, kRows, 1>(job, row, filter);
}

template <typename Floats>
void filter_rows(const FilterJob& job) {
  std::int64_t row = 0;
  if (job.tap_rows > 1)
    for (; job.rows - row >= 2; row += 2) filter_rows_at<Floats, 2>(job, row);
  for (; row < job.rows; ++row) filter_rows_at<Floats, 1>(job, row);
}

template <typename Isa, typename Floats>
consteval RowKernels row_kernels_of(const char* name, bool is_bf16) {
  RowKernels kernels{name, is_bf16, Isa::kPairLanes};
  kernels.convolve = convolve_row<Isa>;
  kernels.convolve_pairs = convolve_pairs<Isa>;
  kernels.pair = pair_row<Isa>;
  kernels.round = round_row<Isa>;
  kernels.filter = filter_rows<Floats>;
  kernels.multiply = multiply_rounds<Isa>;
  return kernels;
}

}  // namespace
}  // namespace firstframe
