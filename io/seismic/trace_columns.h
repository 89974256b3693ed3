#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/frame/section.h"

namespace firstframe {

/// How many traces are turned at once: sixteen floats fill a cache line of the section.
inline constexpr std::int64_t kTracesAtOnce = 16;

/// Traces, each packed and `samples` long, into columns of a section. `columns` of them, at most kTracesAtOnce, any places.
void traces_to_columns(const std::byte* traces, std::span<const std::int64_t> columns, const SectionSpan& section);

/// The way back.
void columns_to_traces(const SectionView& section, std::span<const std::int64_t> columns, std::byte* traces);

}  // namespace firstframe
