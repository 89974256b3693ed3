#include "core/seismic/wedge_check.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

Traces wedge(Extent extent, const Wavelet& wavelet, double amplitude, std::int64_t row, std::int64_t thickest) {
  const auto reach = wavelet.reach();
  if (row - reach < 0 || thickest < 0 || row + thickest + reach >= extent.rows)
    throw ArgumentError(text("wedge: samples ", row - reach, "..", row + thickest + reach, " leave a section of ", extent.rows,
                             " samples; use a longer section or a shorter wavelet"));
  Traces result(extent);
  const auto add = [&](double at, std::int64_t col, double strength) {
    // Between two samples the event is shared by both.
    const auto above = static_cast<std::int64_t>(std::floor(at));
    const double part = at - static_cast<double>(above);
    for (std::int64_t i = -reach; i <= reach; ++i) {
      const double value = strength * wavelet.samples[static_cast<std::size_t>(reach + i)];
      result.at(above + i, col) += (1 - part) * value;
      if (part > 0) result.at(above + 1 + i, col) += part * value;
    }
  };
  const double last = extent.cols > 1 ? static_cast<double>(extent.cols - 1) : 1;
  for (std::int64_t col = 0; col < extent.cols; ++col) {
    const double along = static_cast<double>(col) / last, strength = amplitude * (0.5 + 0.5 * along);
    add(static_cast<double>(row), col, strength);
    add(static_cast<double>(row) + along * static_cast<double>(thickest), col, strength);
  }
  return result;
}

WedgeFigures check_wedge(const Traces& degraded, const Traces& wedge, const std::function<Traces(const Traces&)>& restore) {
  const double energy = energy_of(wedge);
  if (energy == 0) throw FormatError("wedge: it is zero everywhere; give it an amplitude");
  auto with = degraded;
  if (with.extent != wedge.extent)
    throw FormatError(text("wedge: it is ", name_of(wedge.extent), ", the section ", name_of(with.extent)));
  for (std::size_t i = 0; i < with.values.size(); ++i) with.values[i] += wedge.values[i];
  const auto came_out = difference_of(restore(with), restore(degraded));
  double common = 0;
  for (std::size_t i = 0; i < wedge.values.size(); ++i) common += came_out.values[i] * wedge.values[i];
  return {100 * (common / energy - 1), 100 * std::sqrt(energy_of(difference_of(came_out, wedge)) / energy)};
}

}  // namespace firstframe
