#include "core/metrics/psnr.h"

#include <cmath>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/colour/luma.h"
#include "core/frame/normalised.h"

namespace firstframe {

double mean_squared_error(const SectionView& restored, const SectionView& clean) {
  const auto& a = restored.layout;
  const auto& b = clean.layout;
  if (a.extent != b.extent || a.channels != b.channels)
    throw FormatError(text("measure: restored is ", name_of(a.extent), " with ", a.channels, " channels, clean is ",
                           name_of(b.extent), " with ", b.channels, "; both must show the same section"));
  const auto values = static_cast<std::size_t>(a.channels * a.extent.cols);
  std::vector<float> row_a(values), row_b(values);
  double sum = 0;
  for (std::int64_t r = 0; r < a.extent.rows; ++r) {
    load_normalised(restored, {r, 0, 1, a.extent.cols}, Border::replicate, row_a.data());
    load_normalised(clean, {r, 0, 1, a.extent.cols}, Border::replicate, row_b.data());
    for (std::size_t i = 0; i < values; ++i) {
      const double difference = static_cast<double>(row_a[i]) - row_b[i];
      sum += difference * difference;
    }
  }
  return sum / (static_cast<double>(a.extent.area()) * static_cast<double>(a.channels));
}

double psnr(const SectionView& restored, const SectionView& clean, double peak) {
  const double error = mean_squared_error(restored, clean);
  if (error == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(peak * peak / error);
}

PicturePsnr picture_psnr(const SectionView& restored, const SectionView& clean) {
  PicturePsnr figures;
  figures.rgb = psnr(restored, clean);
  figures.luma_full = psnr(luma_or_grey(restored).view(), luma_or_grey(clean).view());
  figures.luma_studio = figures.luma_full + 20 * std::log10(255.0 / 219.0);
  return figures;
}

}  // namespace firstframe
