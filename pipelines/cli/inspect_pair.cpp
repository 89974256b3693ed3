#include "pipelines/cli/inspect_pair.h"

#include <cmath>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/colour/luma.h"
#include "core/training/find_border.h"
#include "core/training/identify.h"
#include "core/training/pair_correlation.h"
#include "io/stream/frame_source.h"
#include "pipelines/cli/pair_plots.h"

namespace firstframe {
namespace {

using Json = nlohmann::ordered_json;

// The luma of a picture, or of the first frame of a folder or video.
Section first_luma(const std::string& path) {
  const auto frame = open_frames(path)->next();
  if (!frame) throw FormatError(text(path, ": holds no frame"));
  return luma_or_grey(frame->section.view());
}

// The clean pixels that the degraded ones stand for.
Section decimated(const Section& clean, const Downscale& downscale, Extent extent) {
  auto layout = clean.layout();
  const auto first = downscale.row_phase * layout.row_stride + downscale.col_phase * layout.col_stride;
  layout.extent = extent;
  layout.row_stride *= downscale.factor;
  layout.col_stride *= downscale.factor;
  return Section(SectionView{clean.view().data + first, layout});
}

std::string_view name_of(NoiseLaw law) {
  static constexpr std::string_view names[] = {"constant", "poisson-like", "multiplicative", "irregular"};
  return names[static_cast<int>(law)];
}

std::string border_words(const IdentifiedDegradation& found) {
  if (!found.border || found.kernel.size == 1) return "does not matter without blur";
  if (!found.border->border)
    return text("unseen: no border predicts the edge (squared error ", std::fixed, std::setprecision(1), found.border->edge_error,
                " times that inside); restored as reflect");
  return std::string(name_of(*found.border->border));
}

Json to_json(const IdentifiedDegradation& found, const PairCorrelation& alike) {
  const auto& noise = found.noise;
  Json classes = Json::array();
  for (const auto& one : noise.classes) classes.push_back({{"brightness", 255 * one.brightness}, {"sigma", 255 * one.sigma}});
  Json json{{"kind", "pair"},
            {"verdict", found.verdict()},
            {"is_redegraded", found.explains_the_pair()},
            {"scene_correlation", alike.value},
            {"explained", found.explained},
            {"kernel",
             {{"size", found.kernel.size},
              {"taps", found.kernel.taps},
              {"standard_errors", found.kernel_error},
              {"relative_error", found.kernel_relative_error()},
              {"largest_tap_error", found.largest_tap_error()},
              {"is_gaussian", found.gaussian.has_value()},
              {"gaussian_sigma_pixels", found.blur_sigma()},
              {"gain", found.gain},
              {"offset", 255 * found.offset},
              {"centroid_down_pixels", found.centroid_down},
              {"centroid_across_pixels", found.centroid_across},
              {"centroid_error_pixels", found.centroid_error}}},
            {"noise",
             {{"sigma", 255 * noise.sigma},
              {"law", name_of(noise.law)},
              {"variance", {{"constant", 255 * 255 * noise.variance.constant},
                            {"per_brightness", 255 * noise.variance.linear},
                            {"per_squared_brightness", noise.variance.square}}},
              {"slope", noise.slope},
              {"classes", classes},
              {"correlations", noise.correlations},
              {"skew", noise.skew},
              {"blockiness", noise.blockiness}}}};
  if (found.downscale.factor > 1)
    json["downscale"] = {{"factor", found.downscale.factor},
                         {"row_phase", found.downscale.row_phase},
                         {"col_phase", found.downscale.col_phase}};
  if (found.border) {
    json["border"] = found.border->border ? name_of(*found.border->border) : "unseen";
    json["edge_error"] = found.border->edge_error;
  }
  return json;
}

class Report {
 public:
  template <typename... Parts>
  void line(std::string name, const Parts&... parts) {
    name.resize(22, ' ');
    std::cout << "  " << name;
    (std::cout << ... << parts) << "\n";
  }
};

void print(const PairInspection& inspection, const IdentifiedDegradation& found, const PairCorrelation& alike) {
  const auto& noise = found.noise;
  std::cout << inspection.degraded << " against " << inspection.clean << "\n" << found.verdict() << "\n\n" << std::fixed;
  Report report;
  std::cout.precision(3);
  report.line("same scene", "correlation ", alike.value,
              alike.rows_down || alike.cols_across
                  ? text(" with the degraded picture ", alike.rows_down, " rows down, ", alike.cols_across, " columns across")
                  : "");
  std::cout.precision(1);
  report.line("change explained", 100 * found.explained, " % by kernel and offset");
  if (found.downscale.factor > 1)
    report.line("downscaled", "by ", found.downscale.factor, ", from row ", found.downscale.row_phase, ", column ",
                found.downscale.col_phase, " on");
  report.line("kernel", found.kernel.size, " x ", found.kernel.size, " taps, known to ",
              100 * found.kernel_relative_error(), " % (standard error)");
  std::cout.precision(3);
  if (found.gaussian)
    report.line("blur", "a Gaussian of sigma ", std::setprecision(4), found.gaussian->sigma, " +- ", found.gaussian->sigma_error, " pixels");
  else if (found.blur_sigma() > 0)
    report.line("blur", found.blur_sigma(), " pixels (sigma of a Gaussian as concentrated)");
  else
    report.line("blur", "none");
  std::cout.precision(3);
  report.line("gain and offset", found.gain, ", ", 255 * found.offset, " (of 255)");
  report.line("kernel's centroid", found.centroid_down, " down, ", found.centroid_across, " across, +- ",
              found.centroid_error, " pixels");
  report.line("border", border_words(found));
  std::cout.precision(2);
  report.line("noise sigma", 255 * noise.sigma, " (of 255)");
  report.line("  over brightness", name_of(noise.law), "; brightness: sigma");
  for (const auto& one : noise.classes) report.line("", std::setw(7), 255 * one.brightness, ":", std::setw(7), 255 * one.sigma);
  report.line("  variance", 255 * 255 * noise.variance.constant, " + ", std::setprecision(4), 255 * noise.variance.linear,
              " x + ", std::setprecision(5), noise.variance.square, " x^2, brightness x of 255");
  std::cout.precision(2);
  report.line("  correlation", "columns apart:     0      1      2      3");
  for (std::size_t row = 0; row < noise.correlations.size(); ++row) {
    std::cout << "  " << std::string(22, ' ') << row << " rows apart: ";
    for (const double value : noise.correlations[row]) std::cout << std::setw(7) << value;
    std::cout << "\n";
  }
  report.line("  skew", noise.skew);
  report.line("  8 x 8 blocks", noise.blockiness, " times the step elsewhere at their edges");
}

}  // namespace

void inspect_pair(const PairInspection& inspection) {
  const TrainingPair pair{first_luma(inspection.degraded), first_luma(inspection.clean)};
  const bool is_smaller = downscale_factor(pair.degraded.extent(), pair.clean.extent()) > 0;
  if (!is_smaller) check_pair(pair);
  auto found = is_smaller ? identify_downscaled(pair.degraded, pair.clean) : identify_pair(pair);
  if (is_smaller) found.border = border_met_by(pair, found.kernel, found.offset, found.downscale);
  const auto alike =
      is_smaller ? pair_correlation({pair.degraded, decimated(pair.clean, found.downscale, pair.degraded.extent())})
                 : pair_correlation(pair);
  check_one_scene(alike);
  if (inspection.as_json)
    std::cout << to_json(found, alike).dump(2) << "\n";
  else
    print(inspection, found, alike);
  warn_of_two_scenes(alike);
  if (!inspection.plot.empty()) draw_panels(inspection.plot, panels_of(found));
}

void warn_of_two_scenes(const PairCorrelation& alike) {
  if (std::abs(alike.value) >= kClearlyOneScene) return;
  std::cerr << "firstframe: warning: degraded and clean are correlated by only " << std::fixed << std::setprecision(2)
            << alike.value << "; is the clean picture the counterpart of this very frame? (strong noise can be why)\n";
}

}  // namespace firstframe
