#include "core/metrics/ssim.h"

#include <array>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"

namespace firstframe {
namespace {

constexpr std::int64_t kWindow = 11;
constexpr double kSigma = 1.5;

std::array<double, kWindow> gaussian_line() {
  std::array<double, kWindow> line{};
  double sum = 0;
  for (std::int64_t i = 0; i < kWindow; ++i) {
    const double distance = static_cast<double>(i - kWindow / 2) / kSigma;
    sum += line[i] = std::exp(-distance * distance / 2);
  }
  for (auto& weight : line) weight /= sum;
  return line;
}

// Weighted mean over every window that lies wholly inside.
std::vector<double> window_means(const std::vector<double>& plane, Extent extent) {
  static const auto line = gaussian_line();
  const auto cols = extent.cols - kWindow + 1;
  const auto rows = extent.rows - kWindow + 1;
  std::vector<double> across(static_cast<std::size_t>(extent.rows * cols), 0.0);
  for (std::int64_t r = 0; r < extent.rows; ++r)
    for (std::int64_t k = 0; k < kWindow; ++k)
      for (std::int64_t c = 0; c < cols; ++c) across[r * cols + c] += line[k] * plane[r * extent.cols + c + k];
  std::vector<double> means(static_cast<std::size_t>(rows * cols), 0.0);
  for (std::int64_t r = 0; r < rows; ++r)
    for (std::int64_t k = 0; k < kWindow; ++k)
      for (std::int64_t c = 0; c < cols; ++c) means[r * cols + c] += line[k] * across[(r + k) * cols + c];
  return means;
}

std::vector<double> plane_of(const SectionView& section) {
  const auto extent = section.layout.extent;
  std::vector<float> values(static_cast<std::size_t>(extent.area()));
  load_normalised(section, {0, 0, extent.rows, extent.cols}, Border::replicate, values.data());
  return {values.begin(), values.end()};
}

std::vector<double> product(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = a[i] * b[i];
  return result;
}

}  // namespace

double ssim(const SectionView& restored, const SectionView& clean) {
  const auto extent = clean.layout.extent;
  if (restored.layout.extent != extent || restored.layout.channels != 1 || clean.layout.channels != 1)
    throw FormatError(text("SSIM: two 1-channel sections of one size are needed; restored is ",
                           name_of(restored.layout.extent), " with ", restored.layout.channels, ", clean is ",
                           name_of(extent), " with ", clean.layout.channels));
  if (extent.rows < kWindow || extent.cols < kWindow)
    throw FormatError(text("SSIM: the ", name_of(extent), " section is smaller than the 11 x 11 window"));

  const auto x = plane_of(restored);
  const auto y = plane_of(clean);
  const auto mean_x = window_means(x, extent);
  const auto mean_y = window_means(y, extent);
  const auto xx = window_means(product(x, x), extent);
  const auto yy = window_means(product(y, y), extent);
  const auto xy = window_means(product(x, y), extent);
  constexpr double c1 = 0.01 * 0.01;
  constexpr double c2 = 0.03 * 0.03;
  double sum = 0;
  for (std::size_t i = 0; i < mean_x.size(); ++i) {
    const double mx = mean_x[i], my = mean_y[i];
    const double variance_x = xx[i] - mx * mx, variance_y = yy[i] - my * my, covariance = xy[i] - mx * my;
    sum += (2 * mx * my + c1) * (2 * covariance + c2) /
           ((mx * mx + my * my + c1) * (variance_x + variance_y + c2));
  }
  return sum / static_cast<double>(mean_x.size());
}

}  // namespace firstframe
