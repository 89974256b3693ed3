#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <optional>

namespace firstframe {

/// Some sections in a row, counted from 0, both ends included.
struct SliceRange {
  std::int64_t first = 0;
  std::int64_t last = std::numeric_limits<std::int64_t>::max();
};

/// Adds --slices FIRST-LAST.
void add_slices_flag(CLI::App& command, std::optional<SliceRange>& slices);

}  // namespace firstframe
