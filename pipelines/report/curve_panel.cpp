#include <plplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "pipelines/report/panels.h"

namespace firstframe {
namespace {

constexpr double kText = 12, kTitle = 14, kMark = 20;  // pixels
constexpr double kLegendRow = 22, kLegendMark = 26, kLetter = 7.8;

struct Points {
  std::vector<double> x, y, error;
};

// In the coordinates of the axes: logarithms on log axes, without what has no place there.
Points placed(const Series& series, const Plot& plot) {
  Points points;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const double x = plot.x_is_log ? std::log10(series.x[i]) : series.x[i];
    const double y = plot.y_is_log ? std::log10(series.y[i]) : series.y[i];
    if (!std::isfinite(x) || !std::isfinite(y)) continue;
    points.x.push_back(x);
    points.y.push_back(y);
    if (!series.error.empty()) points.error.push_back(plot.y_is_log ? 0 : series.error[i]);
  }
  return points;
}

AxisRange widened(AxisRange range, double by) {
  if (!(range.low < range.high)) {
    const double room = range.low == 0 ? 1 : 0.1 * std::abs(range.low);
    return {range.low - room, range.low + room};
  }
  const double room = by * (range.high - range.low);
  return {range.low - room, range.high + room};
}

AxisRange range_of(const std::optional<AxisRange>& given, bool is_log, const std::vector<Points>& all,
                   std::vector<double> Points::*axis, double room) {
  if (given) return is_log ? AxisRange{std::log10(given->low), std::log10(given->high)} : *given;
  AxisRange range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const auto& points : all) {
    const auto& values = points.*axis;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double bar = axis == &Points::y && !points.error.empty() ? points.error[i] : 0;
      range.low = std::min(range.low, values[i] - bar);
      range.high = std::max(range.high, values[i] + bar);
    }
  }
  if (range.low > range.high) return {0, 1};  // nothing to show
  return widened(range, room);
}

double legend_width(const Series& series) { return kLegendMark + 14 + kLetter * static_cast<double>(series.label.size()) + 18; }

// Rows of series that fit beside each other above the curves, where they hide nothing.
std::vector<std::vector<std::size_t>> legend_rows(const Plot& plot, double width) {
  std::vector<std::vector<std::size_t>> rows;
  double used = 0;
  for (std::size_t i = 0; i < plot.series.size(); ++i) {
    if (plot.series[i].label.empty()) continue;
    const double wanted = legend_width(plot.series[i]);
    if (rows.empty() || used + wanted > width) {
      rows.emplace_back();
      used = 0;
    }
    rows.back().push_back(i);
    used += wanted;
  }
  return rows;
}

bool has_line(const Series& series) { return series.style != Series::Style::points; }
bool has_points(const Series& series) { return series.style != Series::Style::line; }

void draw_legend(Canvas& canvas, const Plot& plot, const Box& frame, const std::vector<std::vector<std::size_t>>& rows) {
  canvas.look_at_page();
  canvas.text_height(kText);
  double y = frame.top() + 16 + kLegendRow * (static_cast<double>(rows.size()) - 1);
  for (const auto& row : rows) {
    double x = frame.left;
    for (const auto index : row) {
      const auto& series = plot.series[index];
      canvas.use(Ink::first_series, static_cast<int>(index));
      plwidth(2);
      if (has_line(series)) pljoin(x, y, x + kLegendMark, y);
      const double middle = x + kLegendMark / 2;
      if (has_points(series)) plstring(1, &middle, &y, "•");
      canvas.use(Ink::text);
      canvas.write(x + kLegendMark + 8, y, series.label, 0);
      x += legend_width(series);
    }
    y -= kLegendRow;
  }
}

void draw_axes(Canvas& canvas, const Plot& plot) {
  const std::string x_log = plot.x_is_log ? "ls" : "", y_log = plot.y_is_log ? "ls" : "";
  canvas.text_height(kText);
  plwidth(1);
  canvas.use(Ink::grid);
  plbox((plot.x_is_log ? "gl" : "g"), 0, 0, (plot.y_is_log ? "gl" : "g"), 0, 0);
  canvas.use(Ink::text);
  plbox(("bcnt" + x_log).c_str(), 0, 0, ("bcntv" + y_log).c_str(), 0, 0);
}

void draw_series(Canvas& canvas, const Series& series, const Points& points, int index) {
  const auto count = static_cast<PLINT>(points.x.size());
  canvas.use(Ink::first_series, index);
  if (!points.error.empty()) {
    std::vector<double> low(points.y), high(points.y);
    for (std::size_t i = 0; i < low.size(); ++i) {
      low[i] -= points.error[i];
      high[i] += points.error[i];
    }
    plwidth(1);
    plerry(count, points.x.data(), low.data(), high.data());
  }
  plwidth(2);
  if (has_line(series)) plline(count, points.x.data(), points.y.data());
  canvas.text_height(kMark);
  if (has_points(series)) plstring(count, points.x.data(), points.y.data(), "•");
  canvas.text_height(kText);
}

}  // namespace

void draw(Canvas& canvas, const Box& box, const Plot& plot) {
  std::vector<Points> all;
  for (const auto& series : plot.series) all.push_back(placed(series, plot));
  const auto x = range_of(plot.x_range, plot.x_is_log, all, &Points::x, 0.02);
  const auto y = range_of(plot.y_range, plot.y_is_log, all, &Points::y, 0.06);

  Box frame{box.left + 82, box.bottom + 62, box.width - 82 - 24, 0};
  const auto rows = legend_rows(plot, frame.width);
  frame.height = box.height - 62 - 44 - kLegendRow * static_cast<double>(rows.size());

  canvas.look_at(frame, x.low, x.high, y.low, y.high);
  draw_axes(canvas, plot);
  for (std::size_t i = 0; i < all.size(); ++i) draw_series(canvas, plot.series[i], all[i], static_cast<int>(i));

  draw_legend(canvas, plot, frame, rows);
  canvas.use(Ink::text);
  canvas.write(frame.left + frame.width / 2, box.bottom + 18, plot.x_label, 0.5);
  canvas.write(box.left + 16, frame.bottom + frame.height / 2, plot.y_label, 0.5, /*upwards=*/true);
  canvas.text_height(kTitle);
  canvas.write(frame.left + frame.width / 2, box.top() - 20, plot.title, 0.5);
}

}  // namespace firstframe
