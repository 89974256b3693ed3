#include "pipelines/cli/pair_plots.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/training/rest_spectrum.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLeastShown = 2;  // pixels around the middle, so that a kernel of one tap has surroundings

// Taps and their errors at any place, zero outside the kernel.
class Taps {
 public:
  explicit Taps(const IdentifiedDegradation& found)
      : found_(found), reach_(std::max(kLeastShown, found.kernel.reach())) {}

  std::int64_t reach() const { return reach_; }
  double tap(std::int64_t row, std::int64_t col) const { return has(row, col) ? found_.kernel.at(row, col) : 0; }
  double error(std::int64_t row, std::int64_t col) const {
    const auto middle = found_.kernel.reach();
    return has(row, col) ? found_.kernel_error[static_cast<std::size_t>((row + middle) * found_.kernel.size + col + middle)] : 0;
  }

 private:
  bool has(std::int64_t row, std::int64_t col) const {
    return std::max(std::abs(row), std::abs(col)) <= found_.kernel.reach();
  }

  const IdentifiedDegradation& found_;
  std::int64_t reach_;
};

Panel kernel_map(const IdentifiedDegradation& found) {
  const Taps taps(found);
  const auto side = 2 * taps.reach() + 1;
  const auto size = std::to_string(found.kernel.size);
  HeatMap map{"Kernel, " + size + " x " + size + " taps", side, side, {}};
  for (auto row = -taps.reach(); row <= taps.reach(); ++row)
    for (auto col = -taps.reach(); col <= taps.reach(); ++col) map.values.push_back(taps.tap(row, col));
  return map;
}

Panel kernel_lines(const IdentifiedDegradation& found) {
  const Taps taps(found);
  std::int64_t peak_row = 0, peak_col = 0;
  for (auto row = -taps.reach(); row <= taps.reach(); ++row)
    for (auto col = -taps.reach(); col <= taps.reach(); ++col)
      if (std::abs(taps.tap(row, col)) > std::abs(taps.tap(peak_row, peak_col))) {
        peak_row = row;
        peak_col = col;
      }
  Series across{.label = "across", .x = {}, .y = {}, .style = Series::Style::line_and_points};
  auto down = across;
  down.label = "down";
  double low = 0, high = 0;
  const auto add = [&](Series& line, std::int64_t at, std::int64_t row, std::int64_t col) {
    line.x.push_back(static_cast<double>(at));
    line.y.push_back(taps.tap(row, col));
    line.error.push_back(taps.error(row, col));
    low = std::min(low, line.y.back() - line.error.back());
    high = std::max(high, line.y.back() + line.error.back());
  };
  for (auto i = -taps.reach(); i <= taps.reach(); ++i) {
    add(across, i, peak_row, i);
    add(down, i, i, peak_col);
  }
  const double room = 0.06 * (high - low);
  return Plot{.title = "Kernel through its largest tap, with standard errors", .x_label = "pixels from the middle",
              .y_label = "tap", .series = {across, down}, .y_range = AxisRange{low - room, high + room}};
}

Panel noise_over_brightness(const IdentifiedDegradation& found) {
  Series measured{.label = "measured", .x = {}, .y = {}, .style = Series::Style::line_and_points};
  Series law{.label = "a + b x + c x^2", .x = {}, .y = {}};
  for (const auto& one : found.noise.classes) {
    measured.x.push_back(255 * one.brightness);
    measured.y.push_back(255 * one.sigma);
    law.x.push_back(255 * one.brightness);
    law.y.push_back(255 * std::sqrt(found.noise.variance.at(std::max(0.0, one.brightness))));
  }
  double highest = 0;
  for (const auto& values : {measured.y, law.y}) highest = std::max(highest, *std::max_element(values.begin(), values.end()));
  return Plot{.title = "Noise over brightness", .x_label = "predicted brightness (of 255)", .y_label = "sigma (of 255)",
              .series = {measured, law}, .y_range = AxisRange{0, highest > 0 ? 1.25 * highest : 1}};
}

Panel correlation_lines(const IdentifiedDegradation& found) {
  std::vector<Series> lines;
  const auto add = [&](const char* label, std::size_t down, std::size_t across) {
    Series line{.label = label, .x = {}, .y = {}, .style = Series::Style::line_and_points};
    for (std::size_t i = 0; i < IdentifiedNoise::kLags; ++i) {
      line.x.push_back(static_cast<double>(i));
      line.y.push_back(found.noise.correlations[i * down][i * across]);
    }
    lines.push_back(std::move(line));
  };
  add("down", 1, 0);
  add("across", 0, 1);
  add("diagonal", 1, 1);
  double lowest = -0.2;
  for (const auto& line : lines) lowest = std::min(lowest, 1.1 * *std::min_element(line.y.begin(), line.y.end()));
  return Plot{.title = "Correlation of the rest", .x_label = "pixels apart", .y_label = "correlation", .series = lines,
              .y_range = AxisRange{lowest, 1.05}};
}

// Without the edge, where it depends on the border.
Section rest_inside(const IdentifiedDegradation& found) {
  const auto extent = found.rest->extent();
  const auto edge = std::min(found.kernel.reach(), (std::min(extent.rows, extent.cols) - 8) / 2);
  return Section(found.rest->view().crop({edge, edge, extent.rows - 2 * edge, extent.cols - 2 * edge}));
}

// Against the normal distribution of the same sigma, over 4 sigma to both sides.
Panel histogram(const IdentifiedDegradation& found, const Section& rest) {
  constexpr int bins = 81;
  const double sigma = found.noise.sigma > 0 ? found.noise.sigma : 1, width = 8 * sigma / bins;
  std::vector<double> counts(bins, 0.0);
  const auto pixels = rest.extent().area();
  for (std::int64_t i = 0; i < pixels; ++i) {
    const double bin = std::floor((rest.samples<float>()[i] + 4 * sigma) / width);
    if (bin >= 0 && bin < bins) counts[static_cast<std::size_t>(bin)] += 1;
  }
  Series seen{.label = "rest", .x = {}, .y = {}}, normal{.label = "normal distribution", .x = {}, .y = {}};
  for (int i = 0; i < bins; ++i) {
    const double value = (i + 0.5) * width - 4 * sigma;
    seen.x.push_back(255 * value);
    seen.y.push_back(counts[static_cast<std::size_t>(i)] / static_cast<double>(pixels) / (255 * width));
    normal.x.push_back(255 * value);
    normal.y.push_back(std::exp(-value * value / (2 * sigma * sigma)) / std::sqrt(2 * std::numbers::pi) / (255 * sigma));
  }
  return Plot{.title = "What is left of the degraded picture", .x_label = "value (of 255)", .y_label = "density",
              .series = {seen, normal}};
}

Panel spectrum(const Section& rest) {
  Series seen{.label = "rest", .x = {}, .y = {}, .style = Series::Style::line_and_points};
  const Series white{.label = "white noise", .x = {0, 0.5}, .y = {1, 1}};
  for (const auto& point : radial_spectrum(rest)) {
    seen.x.push_back(point.frequency);
    seen.y.push_back(point.power);
  }
  double highest = 2;
  for (const double power : seen.y) highest = std::max(highest, 1.1 * power);
  return Plot{.title = "Spectrum of the rest", .x_label = "frequency (cycles a pixel)", .y_label = "power (white noise: 1)",
              .series = {seen, white}, .x_range = AxisRange{0, 0.5}, .y_range = AxisRange{0, highest}};
}

}  // namespace

std::vector<Panel> panels_of(const IdentifiedDegradation& found) {
  const auto rest = rest_inside(found);
  return {kernel_map(found),        kernel_lines(found),    noise_over_brightness(found),
          correlation_lines(found), histogram(found, rest), spectrum(rest)};
}

}  // namespace firstframe
