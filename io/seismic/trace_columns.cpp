#include "io/seismic/trace_columns.h"

#include <algorithm>
#include <cstring>

namespace firstframe {
namespace {

constexpr std::int64_t kRowsAtOnce = 16;  // whose cache lines stay at hand while the traces pass

// Calls `step(trace sample, section sample)` for every sample from row `begin` on, some rows of all traces at a time.
template <std::size_t kBytes, typename Traces, typename Pixels, typename Step>
void turn(Traces* traces, std::span<const std::int64_t> columns, Pixels* pixels, const Layout& layout, std::int64_t begin,
          const Step& step) {
  constexpr auto kSample = static_cast<std::int64_t>(kBytes);
  const auto rows = layout.extent.rows;
  for (std::int64_t first = begin; first < rows; first += kRowsAtOnce) {
    const auto end = std::min(rows, first + kRowsAtOnce);
    auto* trace = traces;
    for (const auto column : columns) {
      auto* pixel = pixels + column * layout.col_stride + first * layout.row_stride;
      for (auto row = first; row < end; ++row, pixel += layout.row_stride) step(trace + row * kSample, pixel);
      trace += rows * kSample;
    }
  }
}

// 16 bytes of samples, and how to interleave the first or the second halves of two such.
template <std::size_t kBytes>
struct Lanes;
template <>
struct Lanes<1> {
  using Vector = std::uint8_t __attribute__((vector_size(16)));
  static constexpr Vector kFirst{0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23};
  static constexpr Vector kSecond{8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
};
template <>
struct Lanes<2> {
  using Vector = std::uint16_t __attribute__((vector_size(16)));
  static constexpr Vector kFirst{0, 8, 1, 9, 2, 10, 3, 11}, kSecond{4, 12, 5, 13, 6, 14, 7, 15};
};
template <>
struct Lanes<4> {
  using Vector = std::uint32_t __attribute__((vector_size(16)));
  static constexpr Vector kFirst{0, 4, 1, 5}, kSecond{2, 6, 3, 7};
};

// A square of samples, turned: those side by side in each of several places, `from_stride` bytes apart, become those of a column.
// Interleaving every line with the one half a square below it, as often as halving the side leads to 1, turns a square.
template <std::size_t kBytes>
inline void turn_square(const std::byte* from, std::int64_t from_stride, std::byte* to, std::int64_t to_stride) {
  using Vector = typename Lanes<kBytes>::Vector;
  constexpr int kSide = 16 / kBytes;
  Vector lines[kSide];
  for (int i = 0; i < kSide; ++i) std::memcpy(&lines[i], from + i * from_stride, sizeof(Vector));
  for (int rest = kSide; rest > 1; rest /= 2) {
    Vector next[kSide];
    for (int i = 0; i < kSide / 2; ++i) {
      next[2 * i] = __builtin_shuffle(lines[i], lines[i + kSide / 2], Lanes<kBytes>::kFirst);
      next[2 * i + 1] = __builtin_shuffle(lines[i], lines[i + kSide / 2], Lanes<kBytes>::kSecond);
    }
    for (int i = 0; i < kSide; ++i) lines[i] = next[i];
  }
  for (int i = 0; i < kSide; ++i) std::memcpy(to + i * to_stride, &lines[i], sizeof(Vector));
}

// Sixteen columns side by side in packed rows, which nearly all are; whole squares of rows. \return rows turned
template <std::size_t kBytes, bool kToColumns, typename Traces, typename Pixels>
std::int64_t turn_squares(Traces* traces, std::span<const std::int64_t> columns, Pixels* pixels, const Layout& layout) {
  constexpr auto kSample = static_cast<std::int64_t>(kBytes), kSide = 16 / kSample;
  const auto rows = layout.extent.rows / kSide * kSide, trace_bytes = layout.extent.rows * kSample;
  const bool is_block = layout.col_stride == kSample && columns.size() == kTracesAtOnce &&
                        std::adjacent_find(columns.begin(), columns.end(), [](auto a, auto b) { return b != a + 1; }) == columns.end();
  if (!is_block) return 0;
  for (std::int64_t row = 0; row < rows; row += kSide)
    for (std::int64_t i = 0; i < kTracesAtOnce; i += kSide) {
      auto* trace = traces + i * trace_bytes + row * kSample;
      auto* pixel = pixels + row * layout.row_stride + (columns[0] + i) * kSample;
      if constexpr (kToColumns)
        turn_square<kBytes>(trace, trace_bytes, pixel, layout.row_stride);
      else
        turn_square<kBytes>(pixel, layout.row_stride, trace, trace_bytes);
    }
  return rows;
}

template <std::size_t kBytes>
void scatter(const std::byte* traces, std::span<const std::int64_t> columns, const SectionSpan& section) {
  turn<kBytes>(traces, columns, section.data, section.layout, turn_squares<kBytes, true>(traces, columns, section.data, section.layout),
               [](const std::byte* from, std::byte* to) { std::memcpy(to, from, kBytes); });
}

template <std::size_t kBytes>
void gather(const SectionView& section, std::span<const std::int64_t> columns, std::byte* traces) {
  turn<kBytes>(traces, columns, section.data, section.layout, turn_squares<kBytes, false>(traces, columns, section.data, section.layout),
               [](std::byte* to, const std::byte* from) { std::memcpy(to, from, kBytes); });
}

}  // namespace

void traces_to_columns(const std::byte* traces, std::span<const std::int64_t> columns, const SectionSpan& section) {
  switch (section.layout.type) {
    case SampleType::uint8: return scatter<1>(traces, columns, section);
    case SampleType::uint16: return scatter<2>(traces, columns, section);
    case SampleType::float32: return scatter<4>(traces, columns, section);
  }
}

void columns_to_traces(const SectionView& section, std::span<const std::int64_t> columns, std::byte* traces) {
  switch (section.layout.type) {
    case SampleType::uint8: return gather<1>(section, columns, traces);
    case SampleType::uint16: return gather<2>(section, columns, traces);
    case SampleType::float32: return gather<4>(section, columns, traces);
  }
}

}  // namespace firstframe
