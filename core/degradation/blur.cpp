#include "core/degradation/blur.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

using Weights = std::vector<float>;

void blur_rows(const float* source, float* target, Extent extent, const Weights& kernel, Border border) {
  const auto reach = static_cast<std::int64_t>(kernel.size()) / 2;
  tbb::parallel_for(tbb::blocked_range<std::int64_t>(0, extent.rows), [&](const auto& rows) {
    std::vector<float> line(static_cast<std::size_t>(extent.cols + 2 * reach));
    for (auto r = rows.begin(); r < rows.end(); ++r) {
      const float* in = source + r * extent.cols;
      std::copy(in, in + extent.cols, line.begin() + reach);
      for (std::int64_t c = 1; c <= reach; ++c) {
        line[reach - c] = in[border_index(-c, extent.cols, border)];
        line[reach + extent.cols - 1 + c] = in[border_index(extent.cols - 1 + c, extent.cols, border)];
      }
      float* out = target + r * extent.cols;
      for (std::int64_t c = 0; c < extent.cols; ++c) out[c] = 0;
      for (std::size_t k = 0; k < kernel.size(); ++k)
        for (std::int64_t c = 0; c < extent.cols; ++c) out[c] += kernel[k] * line[c + static_cast<std::int64_t>(k)];
    }
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

std::int64_t gaussian_size(double sigma) { return 2 * static_cast<std::int64_t>(std::ceil(4 * sigma)) + 1; }

void blur(Section& section, const std::vector<double>& kernel, Border border) {
  std::vector<float> between;
  blur(section, kernel, border, between);
}

void blur(Section& section, const std::vector<double>& kernel, Border border, std::vector<float>& between) {
  const Weights weights(kernel.begin(), kernel.end());
  const auto extent = section.extent();
  between.resize(static_cast<std::size_t>(extent.area()));
  for (std::int64_t channel = 0; channel < section.channels(); ++channel) {
    float* plane = section.samples<float>() + channel * extent.area();
    blur_rows(plane, between.data(), extent, weights, border);
    blur_cols(between.data(), plane, extent, weights, border);
  }
}

}  // namespace firstframe
