#include "core/training/find_phase.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/degradation/blur.h"
#include "core/degradation/degrade.h"
#include "core/frame/normalised.h"

namespace firstframe {
namespace {

constexpr std::int64_t kMostPixels = 256;  // of a degraded side; more would not change the answer
constexpr double kBlurWidths[] = {0, 0.15, 0.3, 0.5, 0.8};  // standard deviations, in degraded pixels

std::vector<double> phases_of(std::int64_t small, std::int64_t large, std::int64_t scale) {
  std::vector<double> phases{static_cast<double>(scale - 1) / 2};
  for (std::int64_t phase = 0; phase < scale; ++phase)
    if ((large - phase + scale - 1) / scale == small && 2 * phase != scale - 1)
      phases.push_back(static_cast<double>(phase));
  return phases;
}

// A stretch of degraded pixels from the middle of a side.
std::int64_t first_of_the_middle(std::int64_t length) {
  return std::max<std::int64_t>(0, (length - kMostPixels) / 2);
}

// The part of the variance of `y` that gain and offset of `x` explain, 0..1, times that variance.
double explained(const std::vector<float>& x, const std::vector<float>& y) {
  const auto n = static_cast<double>(x.size());
  double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum_x += x[i];
    sum_y += y[i];
    sum_xx += static_cast<double>(x[i]) * x[i];
    sum_xy += static_cast<double>(x[i]) * y[i];
  }
  const double variance = sum_xx - sum_x * sum_x / n;
  const double covariance = sum_xy - sum_x * sum_y / n;
  return variance > 0 ? covariance * covariance / variance : 0;
}

std::vector<float> values_in(const SectionView& section, const Region& region) {
  std::vector<float> values(static_cast<std::size_t>(section.layout.channels * region.rows * region.cols));
  load_normalised(section, region, Border::reflect, values.data());
  return values;
}

// The clean pixels, or means of two where a phase lies between them, that the degraded ones of `region` would stand for.
std::vector<float> sampled(const Section& clean, const Upscale& at, const Region& region) {
  const auto [rows, cols] = clean.extent();
  const auto row_step = std::fmod(at.row_phase, 1) > 0 ? 1 : 0,
             col_step = std::fmod(at.col_phase, 1) > 0 ? 1 : 0;
  const auto first_row = static_cast<std::int64_t>(at.row_phase),
             first_col = static_cast<std::int64_t>(at.col_phase);
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(clean.channels() * region.rows * region.cols));
  for (std::int64_t channel = 0; channel < clean.channels(); ++channel)
    for (auto r = region.row; r < region.row + region.rows; ++r) {
      const float* upper = clean.samples<float>() + (channel * rows + r * at.factor + first_row) * cols;
      const float* lower = upper + row_step * cols;
      for (auto c = region.col; c < region.col + region.cols; ++c) {
        const auto left = c * at.factor + first_col, right = left + col_step;
        values.push_back((upper[left] + upper[right] + lower[left] + lower[right]) / 4);
      }
    }
  return values;
}

Section blurred(const Section& clean, double sigma) {
  auto section = clean;
  if (sigma > 0)
    blur(section, gaussian_kernel(sigma, 2 * static_cast<std::int64_t>(std::ceil(3 * sigma)) + 1),
         Border::reflect);
  return section;
}

}  // namespace

Upscale find_phase(const TrainingPair& pair, std::int64_t scale) {
  const auto small = pair.degraded.extent();
  const auto large = pair.clean.extent();
  const Region middle{first_of_the_middle(small.rows), first_of_the_middle(small.cols),
                      std::min(small.rows, kMostPixels), std::min(small.cols, kMostPixels)};
  const Extent covered{std::min(scale * middle.rows, large.rows - scale * middle.row),
                       std::min(scale * middle.cols, large.cols - scale * middle.col)};
  const auto clean =
      converted(pair.clean.view().crop({scale * middle.row, scale * middle.col, covered.rows, covered.cols}),
                SampleType::float32);
  // All but one pixel at each edge, so that every phase finds its clean pixels.
  const Region inside{1, 1, middle.rows - 2, middle.cols - 2};
  const auto degraded = values_in(pair.degraded.view().crop(middle), inside);

  Upscale best = centred_upscale(scale);
  double most = -1;
  for (const double width : kBlurWidths) {
    const auto source = blurred(clean, width * static_cast<double>(scale));
    for (const double row_phase : phases_of(small.rows, large.rows, scale))
      for (const double col_phase : phases_of(small.cols, large.cols, scale)) {
        const Upscale tried{scale, row_phase, col_phase};
        const double found = explained(sampled(source, tried, inside), degraded);
        if (found <= most) continue;
        most = found;
        best = tried;
      }
  }
  return best;
}

}  // namespace firstframe
