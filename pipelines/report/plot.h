#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace firstframe {

/// One curve or cloud of a plot. Values that are not finite, or not positive on a log axis, are left out.
struct Series {
  enum class Style { line, points, line_and_points };

  std::string label;            // shown in the legend; "" for none
  std::vector<double> x, y;     // equally many
  std::vector<double> error{};  // empty, or the half length of a bar around every y
  Style style = Style::line;
};

/// Lowest and highest value an axis shows.
struct AxisRange {
  double low = 0;
  double high = 1;
};

/// Curves over one pair of axes. A range that is not given fits the values.
struct Plot {
  std::string title, x_label, y_label;
  std::vector<Series> series{};
  std::optional<AxisRange> x_range{}, y_range{};
  bool x_is_log = false, y_is_log = false;
};

/// A matrix as coloured cells, row 0 at the top. White is zero, blue is positive, red is negative.
struct HeatMap {
  std::string title;
  std::int64_t rows = 0, cols = 0;
  std::vector<double> values;  // row by row, rows * cols of them
  double full = 0;             // the value of full colour; 0 takes the one furthest from zero, so that maps cannot be compared
};

using Panel = std::variant<Plot, HeatMap>;

/// Pixels of a picture of plots; 0 stands for 560 x 420 for each panel of the grid.
struct PlotSize {
  int width = 0;
  int height = 0;
};

/// Draws panels in a grid, as near to square as it gets, row by row, and writes them as a PNG file.
///
///     draw_panels("loss.png", {Plot{.title = "Training", .x_label = "step", .y_label = "loss", .series = {loss}}});
///
/// Thread-safe: PLplot keeps one state a process, so that drawings wait for each other.
/// \throws ArgumentError for no panel, another ending than .png, or series whose lengths differ
/// \throws DeviceError   when PLplot's PNG driver is not installed
/// \throws OutputError   when the file cannot be written
void draw_panels(const std::string& path, const std::vector<Panel>& panels, PlotSize size = {});

/// The same for plots alone.
void draw_plots(const std::string& path, const std::vector<Plot>& plots, PlotSize size = {});

}  // namespace firstframe
