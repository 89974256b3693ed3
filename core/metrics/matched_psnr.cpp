#include "core/metrics/matched_psnr.h"

#include <cmath>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"

namespace firstframe {
namespace {

std::vector<float> values_of(const SectionView& section) {
  const auto extent = section.layout.extent;
  std::vector<float> values(static_cast<std::size_t>(extent.area()));
  load_normalised(section, {0, 0, extent.rows, extent.cols}, Border::replicate, values.data());
  return values;
}

double mean_of(const std::vector<float>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

MatchedPsnr matched_psnr(const SectionView& restored, const SectionView& clean) {
  const auto& a = restored.layout;
  const auto& b = clean.layout;
  if (a.extent != b.extent || a.channels != 1 || b.channels != 1)
    throw FormatError(text("matched PSNR: restored is ", name_of(a.extent), " with ", a.channels, " channels, clean is ",
                           name_of(b.extent), " with ", b.channels, "; both must show the same section in 1 channel"));
  const auto x = values_of(restored), y = values_of(clean);
  const double mean_x = mean_of(x), mean_y = mean_of(y);
  double xx = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  MatchedPsnr matched;
  matched.gain = xx > 0 ? xy / xx : 0;
  matched.offset = mean_y - matched.gain * mean_x;
  // Summed pixel by pixel: the difference of two variances would lose the digits of a good match.
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) squares += std::pow(y[i] - mean_y - matched.gain * (x[i] - mean_x), 2);
  const double error = squares / static_cast<double>(x.size());
  matched.db = error > 0 ? -10 * std::log10(error) : std::numeric_limits<double>::infinity();
  return matched;
}

}  // namespace firstframe
