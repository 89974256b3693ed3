#pragma once

#include "core/engine/row_kernels.h"

// The loops that all kinds of processors share, to be included by the files that are compiled for one of them. Everything
// here has internal linkage, and nothing of the standard library is used: a function compiled for a newer processor must
// not be the one that the linker keeps for all.

namespace firstframe {
namespace {

#define FIRSTFRAME_UNROLL _Pragma("GCC unroll 32")

// Isa offers: Element (of features), Vector (kLane sums), Input, Weights, most_pixels(lanes) whose sums fit the registers,
// and the operations used below.

// `kPixels` neighbouring pixels of `kLanes` x 16 outputs, whose sums stay in registers: every word of the inputs is
// loaded once for all lanes, every weight once for all pixels.
template <typename Isa, int kPixels, int kLanes>
void convolve_block(const RowJob& job, const std::uint32_t* weights, std::int64_t pixel, std::int64_t output) {
  typename Isa::Vector sums[kPixels][kLanes];
  FIRSTFRAME_UNROLL
  for (int lane = 0; lane < kLanes; ++lane) {
    const auto bias = Isa::load(job.bias + output + lane * kLane);
    FIRSTFRAME_UNROLL
    for (int p = 0; p < kPixels; ++p) sums[p][lane] = bias;
  }
  for (std::int64_t s = 0; s < job.segment_count; ++s) {
    const auto stride = job.segments[s].stride;
    // Every third pixel has a pointer, the two after it are a stride or two further: x86 adds those for nothing.
    const std::uint32_t* inputs[(kPixels + 2) / 3];
    FIRSTFRAME_UNROLL
    for (int i = 0; i < (kPixels + 2) / 3; ++i) inputs[i] = job.segments[s].first + (pixel + 3 * i) * stride;
    for (std::int64_t word = 0; word < job.segments[s].words; ++word) {
      typename Isa::Weights weight[kLanes];
      FIRSTFRAME_UNROLL
      for (int lane = 0; lane < kLanes; ++lane) weight[lane] = Isa::weights(weights + lane * kLane);
      weights += kLanes * kLane;
      FIRSTFRAME_UNROLL
      for (int p = 0; p < kPixels; ++p) {
        const auto input = Isa::broadcast(inputs[p / 3] + (p % 3) * stride);
        FIRSTFRAME_UNROLL
        for (int lane = 0; lane < kLanes; ++lane) sums[p][lane] = Isa::multiply_add(sums[p][lane], input, weight[lane]);
      }
      FIRSTFRAME_UNROLL
      for (int i = 0; i < (kPixels + 2) / 3; ++i) ++inputs[i];
    }
  }
  FIRSTFRAME_UNROLL
  for (int p = 0; p < kPixels; ++p) {
    FIRSTFRAME_UNROLL
    for (int lane = 0; lane < kLanes; ++lane) {
      const auto first = output + lane * kLane;
      const auto count = job.outputs - first < kLane ? job.outputs - first : kLane;
      auto value = sums[p][lane];
      if (job.added)
        value = Isa::plus_features(
            value, static_cast<const typename Isa::Element*>(job.added) + (pixel + p) * job.added_stride + first,
            count);
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

// The block for every number of pixels up to the most.
template <typename Isa, int kLanes>
struct Blocks {
  Block of[Isa::most_pixels(kLanes) + 1] = {};
  constexpr Blocks() { fill<Isa::most_pixels(kLanes)>(); }

  template <int kPixels>
  constexpr void fill() {
    of[kPixels] = convolve_block<Isa, kPixels, kLanes>;
    if constexpr (kPixels > 1) fill<kPixels - 1>();
  }
};

// A panel of outputs along the row, in blocks as equal as they can be: a short one would wait for its sums.
template <typename Isa, int kLanes>
void convolve_panel(const RowJob& job, const std::uint32_t* weights, std::int64_t output) {
  static constexpr Blocks<Isa, kLanes> blocks;
  constexpr std::int64_t most = Isa::most_pixels(kLanes);
  const auto count = (job.pixels + most - 1) / most;
  for (std::int64_t i = 0, pixel = 0; i < count; ++i) {
    const auto end = (i + 1) * job.pixels / count;
    blocks.of[end - pixel](job, weights, pixel, output);
    pixel = end;
  }
}

template <typename Isa>
void convolve_row(const RowJob& job) {
  std::int64_t words = 0;
  for (std::int64_t s = 0; s < job.segment_count; ++s) words += job.segments[s].words;
  const auto* weights = job.weights;
  std::int64_t output = 0;
  for (; output + kLane < job.outputs; output += 2 * kLane, weights += 2 * kLane * words)
    convolve_panel<Isa, 2>(job, weights, output);
  if (output < job.outputs) convolve_panel<Isa, 1>(job, weights, output);
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

}  // namespace
}  // namespace firstframe
