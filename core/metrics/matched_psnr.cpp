#include "core/metrics/matched_psnr.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"

namespace firstframe {
namespace {

constexpr double kEqual = 1e-14;  // mean squared rest that rounding leaves of equal values

std::vector<float> values_of(const SectionView& section) {
  const auto extent = section.layout.extent;
  std::vector<float> values(static_cast<std::size_t>(section.layout.channels * extent.area()));
  load_normalised(section, {0, 0, extent.rows, extent.cols}, Border::replicate, values.data());
  return values;
}

double mean_of(const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

double matched_psnr(const SectionView& restored, const SectionView& clean) {
  const auto& a = restored.layout;
  const auto& b = clean.layout;
  if (a.extent != b.extent || a.channels != b.channels)
    throw FormatError(text("measure: restored is ", name_of(a.extent), " with ", a.channels, " channels, clean is ",
                           name_of(b.extent), " with ", b.channels, "; both must show the same section"));
  const auto x = values_of(restored), y = values_of(clean);
  const double mean_x = mean_of(x), mean_y = mean_of(y);
  double xx = 0, xy = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double dx = x[i] - mean_x, dy = y[i] - mean_y;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  // What the best line through the values leaves; a constant restored section explains nothing.
  const double rest = (xx > 0 ? std::max(0.0, yy - xy * xy / xx) : yy) / static_cast<double>(x.size());
  return rest <= kEqual ? std::numeric_limits<double>::infinity() : -10 * std::log10(rest);
}

}  // namespace firstframe
