#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace firstframe {

/// How the estimates of overlapping patches are weighted before they are averaged.
enum class Window {
  constant,  // the paper's plain mean
  hann,      // falls to nearly zero at the patch's edge, where an estimate knows least
  gaussian,  // sigma = patch / 4
};

std::string_view name_of(Window window);
std::optional<Window> window_named(std::string_view name);

/// Weights of a patch x patch window, row-major, all > 0, the largest 1.
///
/// Separable: w(r, c) = w(r) w(c). Hann is sampled at half-pixel offsets, so that no weight is zero.
/// \throws ArgumentError when patch < 1
std::vector<float> blend_window(Window window, std::int64_t patch);

}  // namespace firstframe
