#include "io/seismic/trace_columns.h"

#include <cstring>

namespace firstframe {
namespace {

// One copy of a known size becomes one instruction.
template <std::size_t kBytes>
void scatter(const std::byte* traces, std::span<const std::int64_t> columns, const SectionSpan& section) {
  const auto& layout = section.layout;
  const auto trace_bytes = layout.extent.rows * static_cast<std::int64_t>(kBytes);
  for (std::int64_t row = 0; row < layout.extent.rows; ++row) {
    auto* to = section.at(0, row);
    const auto* from = traces + row * static_cast<std::int64_t>(kBytes);
    for (const auto column : columns) {
      std::memcpy(to + column * layout.col_stride, from, kBytes);
      from += trace_bytes;
    }
  }
}

template <std::size_t kBytes>
void gather(const SectionView& section, std::span<const std::int64_t> columns, std::byte* traces) {
  const auto& layout = section.layout;
  const auto trace_bytes = layout.extent.rows * static_cast<std::int64_t>(kBytes);
  for (std::int64_t row = 0; row < layout.extent.rows; ++row) {
    const auto* from = section.at(0, row);
    auto* to = traces + row * static_cast<std::int64_t>(kBytes);
    for (const auto column : columns) {
      std::memcpy(to, from + column * layout.col_stride, kBytes);
      to += trace_bytes;
    }
  }
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
