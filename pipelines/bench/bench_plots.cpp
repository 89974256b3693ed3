#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "pipelines/bench/bench.h"
#include "pipelines/report/plot.h"

namespace firstframe {
namespace {

// One curve for every restorer and precision, over the pixels of a frame.
template <typename Value>
Plot over_pixels(const BenchReport& report, const std::string& title, const std::string& y_label, const Value& value) {
  Plot plot{.title = title, .x_label = "pixels of a frame", .y_label = y_label, .x_is_log = true};
  std::map<std::string, std::map<double, double>> curves;
  for (const auto& row : report.restores)
    curves[text(row.restorer, ", ", row.precision)][static_cast<double>(row.extent.area())] = value(row);
  for (const auto& [label, points] : curves) {
    Series series{.label = label, .x = {}, .y = {}, .style = Series::Style::line_and_points};
    for (const auto& [x, y] : points) {
      series.x.push_back(x);
      series.y.push_back(y);
    }
    plot.series.push_back(series);
  }
  return plot;
}

// PSNR over milliseconds, one curve for every window.
Plot over_time(const BenchReport& report) {
  Plot plot{.title = "Overlap of patches, 512 x 512", .x_label = "ms a frame", .y_label = "PSNR, dB", .x_is_log = true};
  for (const auto& row : report.strides) {
    const auto label = text(row.restorer, row.settings.substr(row.settings.find(',')));
    auto curve = std::find_if(plot.series.begin(), plot.series.end(), [&](const Series& series) { return series.label == label; });
    if (curve == plot.series.end()) curve = plot.series.insert(curve, {.label = label, .x = {}, .y = {}, .style = Series::Style::line_and_points});
    curve->x.push_back(row.timing.median_ms);
    curve->y.push_back(row.psnr.value_or(0));
  }
  return plot;
}

}  // namespace

void draw_bench(const BenchReport& report, const std::filesystem::path& png) {
  auto time = over_pixels(report, "Time", "ms a frame", [](const RestoreRow& row) { return row.timing.median_ms; });
  time.y_is_log = true;
  auto part = over_pixels(report, "Part of the matrix product's peak", "part", [](const RestoreRow& row) { return row.of_peak; });
  double most = 1;  // 3 x 3 convolutions may come above it
  for (const auto& row : report.restores) most = std::max(most, 1.05 * row.of_peak);
  part.y_range = AxisRange{0, most};
  std::vector<Plot> plots{time, part};
  if (!report.strides.empty()) plots.push_back(over_time(report));
  draw_plots(png.string(), plots);
}

}  // namespace firstframe
