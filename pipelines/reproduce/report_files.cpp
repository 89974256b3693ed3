#include <algorithm>
#include <map>
#include <span>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "pipelines/report/plot.h"
#include "pipelines/reproduce/report.h"
#include "pipelines/reproduce/report_lines.h"

namespace firstframe {
namespace {

void write_text(const std::filesystem::path& path, const std::string& content) {
  FileDraft draft(path);
  write_bytes(draft.path(), std::as_bytes(std::span(content)), path);
  draft.publish();
}

// One curve a series, in the order in which they appear.
template <typename Value>
Plot curves_of(const Report& report, const std::string& table, const std::string& what, const Value& value) {
  Plot plot;
  plot.title = table;
  plot.x_label = report.x_label;
  plot.y_label = what;
  plot.x_is_log = report.x_is_log;
  std::vector<std::pair<std::string, std::map<double, double>>> curves;
  for (const auto& line : lines_of(report, table)) {
    const auto& row = line.first();
    if (row.series.empty() || !row.x || row.scores.empty()) continue;
    auto curve = std::find_if(curves.begin(), curves.end(), [&](const auto& one) { return one.first == row.series; });
    if (curve == curves.end()) curve = curves.insert(curves.end(), {row.series, {}});
    curve->second[line.mean([](const ReportRow& one) { return one.x.value_or(0); })] = value(line);
  }
  for (const auto& [name, points] : curves) {
    Series series;
    series.label = name;
    series.style = Series::Style::line_and_points;
    for (const auto& [x, y] : points) {
      series.x.push_back(x);
      series.y.push_back(y);
    }
    plot.series.push_back(series);
  }
  return plot;
}

bool has_points(const Plot& plot) { return !plot.series.empty(); }

}  // namespace

bool has_plot(const Report& report) {
  return std::any_of(report.rows.begin(), report.rows.end(),
                     [](const ReportRow& row) { return !row.series.empty() && row.x && !row.scores.empty(); });
}

void draw_report(const Report& report, const std::filesystem::path& png) {
  std::vector<Plot> plots;
  for (const auto& table : tables_of(report)) {
    auto psnr = curves_of(report, table, "mean PSNR, full-range Y, dB", [](const ReportLine& line) { return line.full_db(); });
    if (!has_points(psnr)) continue;
    plots.push_back(psnr);
    if (report.is_sweep)
      plots.push_back(curves_of(report, table, "least gain of a picture, dB", [](const ReportLine& line) {
        return line.mean([](const ReportRow& row) { return worst_gain_db(row.scores); });
      }));
  }
  draw_plots(png.string(), plots);
}

void prepare_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder / "images", error);
  if (error)
    throw OutputError(text(folder.string(), ": the folder cannot be made (", error.message(), "); choose another --out"));
}

void write_report(const Report& report, const std::filesystem::path& folder) {
  if (has_plot(report)) draw_report(report, folder / "images" / (report.name + ".png"));
  write_text(folder / (report.name + ".md"), markdown_of(report));
  write_text(folder / (report.name + ".json"), json_of(report));
}

}  // namespace firstframe
