#include "pipelines/cli/pair_plots.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/training/rest_spectrum.h"

namespace firstframe {
namespace {

Panel kernel_map(const IdentifiedDegradation& found) {
  const auto& kernel = found.kernel;
  return HeatMap{"Kernel, " + std::to_string(kernel.size) + " x " + std::to_string(kernel.size) + " taps", kernel.size,
                 kernel.size, {kernel.taps.begin(), kernel.taps.end()}};
}

Panel kernel_lines(const IdentifiedDegradation& found) {
  const auto reach = found.kernel.reach(), size = found.kernel.size;
  Series across{.label = "middle row", .x = {}, .y = {}, .style = Series::Style::line_and_points};
  auto down = across;
  down.label = "middle column";
  for (std::int64_t i = -reach; i <= reach; ++i) {
    const auto in_row = static_cast<std::size_t>(reach * size + i + reach), in_col = static_cast<std::size_t>((i + reach) * size + reach);
    across.x.push_back(static_cast<double>(i));
    across.y.push_back(found.kernel.taps[in_row]);
    across.error.push_back(found.kernel_error[in_row]);
    down.x.push_back(static_cast<double>(i));
    down.y.push_back(found.kernel.taps[in_col]);
    down.error.push_back(found.kernel_error[in_col]);
  }
  return Plot{.title = "Kernel with standard errors", .x_label = "pixels from the middle", .y_label = "tap", .series = {across, down}};
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

Panel correlation_map(const IdentifiedDegradation& found) {
  HeatMap map{"Correlation of the rest, 0 to 3 pixels right and down", IdentifiedNoise::kLags, IdentifiedNoise::kLags, {}};
  for (const auto& row : found.noise.correlations) map.values.insert(map.values.end(), row.begin(), row.end());
  return map;
}

// Against the normal distribution of the same sigma, over 4 sigma to both sides.
Panel histogram(const IdentifiedDegradation& found) {
  constexpr int bins = 81;
  const double sigma = found.noise.sigma > 0 ? found.noise.sigma : 1, width = 8 * sigma / bins;
  std::vector<double> counts(bins, 0.0);
  const auto pixels = found.rest->extent().area();
  for (std::int64_t i = 0; i < pixels; ++i) {
    const double bin = std::floor((found.rest->samples<float>()[i] + 4 * sigma) / width);
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
  return Plot{.title = "What is left of the degraded picture", .x_label = "value (of 255)", .y_label = "density", .series = {seen, normal}};
}

Panel spectrum(const IdentifiedDegradation& found) {
  Series seen{.label = "rest", .x = {}, .y = {}, .style = Series::Style::line_and_points}, white{.label = "white noise", .x = {0, 0.5}, .y = {1, 1}};
  for (const auto& point : radial_spectrum(*found.rest)) {
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
  return {kernel_map(found), kernel_lines(found), noise_over_brightness(found), correlation_map(found), histogram(found), spectrum(found)};
}

}  // namespace firstframe
