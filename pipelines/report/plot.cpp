#include "pipelines/report/plot.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <mutex>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_draft.h"
#include "pipelines/report/canvas.h"
#include "pipelines/report/panels.h"

namespace firstframe {
namespace {

constexpr int kPanelWidth = 560, kPanelHeight = 420;  // pixels

std::mutex plplot_state;

void check(const Plot& plot) {
  for (const auto& series : plot.series)
    if (series.x.size() != series.y.size() || (!series.error.empty() && series.error.size() != series.y.size()))
      throw ArgumentError(text("plot '", plot.title, "': series '", series.label, "' has ", series.x.size(), " x, ",
                               series.y.size(), " y and ", series.error.size(), " errors; give equally many"));
}

void check(const HeatMap& map) {
  if (map.rows < 1 || map.cols < 1 || static_cast<std::int64_t>(map.values.size()) != map.rows * map.cols)
    throw ArgumentError(text("plot '", map.title, "': ", map.values.size(), " values do not fill ", map.rows, " x ",
                             map.cols, " cells"));
}

}  // namespace

void draw_panels(const std::string& path, const std::vector<Panel>& panels, PlotSize size) {
  if (panels.empty()) throw ArgumentError(text("plot ", path, ": there is no panel to draw"));
  if (!path.ends_with(".png")) throw ArgumentError(text("plot ", path, ": only PNG is written; use a name that ends in .png"));
  for (const auto& panel : panels) std::visit([](const auto& given) { check(given); }, panel);

  const int count = static_cast<int>(panels.size());
  const int across = static_cast<int>(std::ceil(std::sqrt(count)));
  const int down = (count + across - 1) / across;
  const int width = size.width > 0 ? size.width : across * kPanelWidth;
  const int height = size.height > 0 ? size.height : down * kPanelHeight;

  FileDraft draft(path);
  {
    const std::lock_guard alone(plplot_state);
    Canvas canvas(draft.path().string(), width, height);
    for (int i = 0; i < count; ++i) {
      const double panel_width = std::floor(static_cast<double>(width) / across),
                   panel_height = std::floor(static_cast<double>(height) / down);
      const Box box{panel_width * (i % across), height - panel_height * (i / across + 1), panel_width, panel_height};
      std::visit([&](const auto& panel) { draw(canvas, box, panel); }, panels[static_cast<std::size_t>(i)]);
    }
  }
  std::error_code ignored;
  if (std::filesystem::file_size(draft.path(), ignored) == 0 || ignored)
    throw OutputError(text(path, ": the plot could not be written; is the disk full?"));
  draft.publish();
}

void draw_plots(const std::string& path, const std::vector<Plot>& plots, PlotSize size) {
  draw_panels(path, {plots.begin(), plots.end()}, size);
}

}  // namespace firstframe
