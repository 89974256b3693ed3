#include <plplot.h>

#include <algorithm>
#include <cmath>

#include "pipelines/report/panels.h"

namespace firstframe {
namespace {

constexpr double kText = 12, kTitle = 14;  // pixels
constexpr double kBar = 18;                // width of the colour bar, pixels

void fill(double left, double bottom, double right, double top) {
  const PLFLT x[] = {left, right, right, left}, y[] = {bottom, bottom, top, top};
  plfill(4, x, y);
}

void draw_colour_bar(Canvas& canvas, const Box& bar, double low, double high) {
  constexpr int steps = 128;
  const double largest = std::max(-low, high);
  canvas.look_at(bar, 0, 1, low, high);
  for (int i = 0; i < steps; ++i) {
    const double from = low + (high - low) * i / steps, to = low + (high - low) * (i + 1) / steps;
    plcol1(0.5 + 0.25 * (from + to) / largest);
    fill(0, from, 1, to);
  }
  canvas.use(Ink::text);
  canvas.text_height(kText);
  plwidth(1);
  plbox("bc", 0, 0, "bcmtv", 0, 0);
}

}  // namespace

void draw(Canvas& canvas, const Box& box, const HeatMap& map) {
  double low = 0, high = 0;
  for (const double value : map.values)
    if (std::isfinite(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  if (low == high) high = 1;
  const double largest = map.full > 0 ? map.full : std::max(-low, high);
  if (map.full > 0) {
    low = low < 0 ? -map.full : 0;
    high = map.full;
  }

  // Cells are whole pixels where they can be, so that no seams show between them.
  const double room_across = box.width - 190, room_down = box.height - 90;
  double cell = std::min(room_across / static_cast<double>(map.cols), room_down / static_cast<double>(map.rows));
  if (cell >= 1) cell = std::floor(cell);
  Box frame{0, 0, cell * static_cast<double>(map.cols), cell * static_cast<double>(map.rows)};
  frame.left = std::floor(box.left + 60 + (room_across - frame.width) / 2);
  frame.bottom = std::floor(box.bottom + 40 + (room_down - frame.height) / 2);

  canvas.look_at(frame, 0, static_cast<double>(map.cols), 0, static_cast<double>(map.rows));
  for (std::int64_t row = 0; row < map.rows; ++row)
    for (std::int64_t col = 0; col < map.cols; ++col) {
      const double value = map.values[static_cast<std::size_t>(row * map.cols + col)];
      if (!std::isfinite(value)) continue;
      plcol1(std::clamp(0.5 + 0.5 * value / largest, 0.0, 1.0));
      const auto bottom = static_cast<double>(map.rows - 1 - row), left = static_cast<double>(col);
      fill(left, bottom, left + 1, bottom + 1);
    }
  canvas.use(Ink::text);
  plwidth(1);
  plbox("bc", 0, 0, "bc", 0, 0);

  draw_colour_bar(canvas, {frame.right() + 20, frame.bottom, kBar, frame.height}, low, high);
  canvas.look_at_page();
  canvas.text_height(kTitle);
  canvas.write(frame.left + frame.width / 2, box.top() - 20, map.title, 0.5);
}

}  // namespace firstframe
