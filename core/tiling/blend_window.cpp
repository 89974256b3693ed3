#include "core/tiling/blend_window.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

double weight(Window window, std::int64_t index, std::int64_t patch) {
  const double middle = (static_cast<double>(patch) - 1) / 2;
  switch (window) {
    case Window::constant: return 1;
    case Window::hann: {
      const double wave = std::sin(std::numbers::pi * (static_cast<double>(index) + 0.5) / static_cast<double>(patch));
      return wave * wave;
    }
    case Window::gaussian: {
      const double distance = (static_cast<double>(index) - middle) / (static_cast<double>(patch) / 4);
      return std::exp(-distance * distance / 2);
    }
  }
  throw ArgumentError("blend window: unknown window");
}

}  // namespace

std::string_view name_of(Window window) {
  switch (window) {
    case Window::hann: return "hann";
    case Window::gaussian: return "gaussian";
    case Window::constant: break;
  }
  return "constant";
}

std::optional<Window> window_named(std::string_view name) {
  for (const auto window : {Window::constant, Window::hann, Window::gaussian})
    if (name == name_of(window)) return window;
  return std::nullopt;
}

std::vector<float> blend_window(Window window, std::int64_t patch) {
  if (patch < 1) throw ArgumentError(text("blend window: patch ", patch, " is not accepted; use 1 or more"));
  std::vector<double> line(static_cast<std::size_t>(patch));
  for (std::int64_t i = 0; i < patch; ++i) line[i] = weight(window, i, patch);
  const double top = *std::max_element(line.begin(), line.end());
  std::vector<float> weights;
  weights.reserve(line.size() * line.size());
  for (const double row : line)
    for (const double col : line) weights.push_back(static_cast<float>(row * col / (top * top)));
  return weights;
}

}  // namespace firstframe
