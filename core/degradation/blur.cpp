#include "core/degradation/blur.h"

#include <tbb/parallel_for.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

using Weights = std::vector<float>;

void blur_rows(const float* source, float* target, Extent extent, const Weights& kernel, Border border) {
  const auto reach = static_cast<std::int64_t>(kernel.size()) / 2;
  tbb::parallel_for(std::int64_t{0}, extent.rows, [&](std::int64_t r) {
    std::vector<float> line(static_cast<std::size_t>(extent.cols + 2 * reach));
    for (std::int64_t c = -reach; c < extent.cols + reach; ++c)
      line[c + reach] = source[r * extent.cols + border_index(c, extent.cols, border)];
    float* out = target + r * extent.cols;
    for (std::int64_t c = 0; c < extent.cols; ++c) out[c] = 0;
    for (std::size_t k = 0; k < kernel.size(); ++k)
      for (std::int64_t c = 0; c < extent.cols; ++c) out[c] += kernel[k] * line[c + static_cast<std::int64_t>(k)];
  });
}

void blur_cols(const float* source, float* target, Extent extent, const Weights& kernel, Border border) {
  const auto reach = static_cast<std::int64_t>(kernel.size()) / 2;
  tbb::parallel_for(std::int64_t{0}, extent.rows, [&](std::int64_t r) {
    float* out = target + r * extent.cols;
    for (std::int64_t c = 0; c < extent.cols; ++c) out[c] = 0;
    for (std::size_t k = 0; k < kernel.size(); ++k) {
      const auto row = border_index(r + static_cast<std::int64_t>(k) - reach, extent.rows, border);
      for (std::int64_t c = 0; c < extent.cols; ++c) out[c] += kernel[k] * source[row * extent.cols + c];
    }
  });
}

}  // namespace

std::vector<double> gaussian_kernel(double sigma, std::int64_t size) {
  if (size < 1 || size % 2 == 0) throw ArgumentError(text("blur: kernel size ", size, " is not accepted; use an odd number"));
  if (!(sigma > 0)) throw ArgumentError(text("blur: sigma ", sigma, " is not accepted; use more than 0 pixels"));
  std::vector<double> kernel(static_cast<std::size_t>(size));
  double sum = 0;
  for (std::int64_t i = 0; i < size; ++i) {
    const double distance = static_cast<double>(i - size / 2) / sigma;
    sum += kernel[i] = std::exp(-distance * distance / 2);
  }
  for (auto& weight : kernel) weight /= sum;
  return kernel;
}

void blur(Section& section, const std::vector<double>& kernel, Border border) {
  const Weights weights(kernel.begin(), kernel.end());
  const auto extent = section.extent();
  std::vector<float> between(static_cast<std::size_t>(extent.area()));
  for (std::int64_t channel = 0; channel < section.channels(); ++channel) {
    float* plane = section.samples<float>() + channel * extent.area();
    blur_rows(plane, between.data(), extent, weights, border);
    blur_cols(between.data(), plane, extent, weights, border);
  }
}

}  // namespace firstframe
