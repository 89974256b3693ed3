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

using Four = float __attribute__((vector_size(16), aligned(4)));
using Places = std::int32_t __attribute__((vector_size(16)));

// A square of 4 x 4 floats, turned: floats side by side in each of four places, `from_stride` bytes apart, become those of a column.
inline void turn_square(const std::byte* from, std::int64_t from_stride, std::byte* to, std::int64_t to_stride) {
  Four rows[4];
  for (int i = 0; i < 4; ++i) std::memcpy(&rows[i], from + i * from_stride, sizeof(Four));
  const Four a = __builtin_shuffle(rows[0], rows[1], Places{0, 4, 1, 5}), b = __builtin_shuffle(rows[2], rows[3], Places{0, 4, 1, 5});
  const Four c = __builtin_shuffle(rows[0], rows[1], Places{2, 6, 3, 7}), d = __builtin_shuffle(rows[2], rows[3], Places{2, 6, 3, 7});
  const Four turned[4] = {__builtin_shuffle(a, b, Places{0, 1, 4, 5}), __builtin_shuffle(a, b, Places{2, 3, 6, 7}),
                          __builtin_shuffle(c, d, Places{0, 1, 4, 5}), __builtin_shuffle(c, d, Places{2, 3, 6, 7})};
  for (int i = 0; i < 4; ++i) std::memcpy(to + i * to_stride, &turned[i], sizeof(Four));
}

// Sixteen columns side by side in packed rows of floats, which nearly all are; whole fours of rows. \return rows turned
template <bool kToColumns, typename Traces, typename Pixels>
std::int64_t turn_squares(Traces* traces, std::span<const std::int64_t> columns, Pixels* pixels, const Layout& layout) {
  const auto rows = layout.extent.rows / 4 * 4, trace_bytes = layout.extent.rows * 4;
  const bool is_block = layout.type == SampleType::float32 && layout.col_stride == 4 && columns.size() == kTracesAtOnce &&
                        std::adjacent_find(columns.begin(), columns.end(), [](auto a, auto b) { return b != a + 1; }) == columns.end();
  if (!is_block) return 0;
  for (std::int64_t row = 0; row < rows; row += 4)
    for (std::int64_t i = 0; i < kTracesAtOnce; i += 4) {
      auto* trace = traces + i * trace_bytes + row * 4;
      auto* pixel = pixels + row * layout.row_stride + (columns[0] + i) * 4;
      if constexpr (kToColumns)
        turn_square(trace, trace_bytes, pixel, layout.row_stride);
      else
        turn_square(pixel, layout.row_stride, trace, trace_bytes);
    }
  return rows;
}

template <std::size_t kBytes>
void scatter(const std::byte* traces, std::span<const std::int64_t> columns, const SectionSpan& section) {
  turn<kBytes>(traces, columns, section.data, section.layout, turn_squares<true>(traces, columns, section.data, section.layout),
               [](const std::byte* from, std::byte* to) { std::memcpy(to, from, kBytes); });
}

template <std::size_t kBytes>
void gather(const SectionView& section, std::span<const std::int64_t> columns, std::byte* traces) {
  turn<kBytes>(traces, columns, section.data, section.layout, turn_squares<false>(traces, columns, section.data, section.layout),
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
