#include "core/degradation/degrade.h"

#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/blur.h"
#include "core/degradation/noise.h"
#include "core/frame/normalised.h"

namespace firstframe {
namespace {

Section every_nth(const Section& section, std::int64_t factor, std::int64_t phase) {
  auto layout = section.layout();
  layout.extent = {(layout.extent.rows - phase + factor - 1) / factor, (layout.extent.cols - phase + factor - 1) / factor};
  layout.row_stride *= factor;
  layout.col_stride *= factor;
  const auto offset = phase * (section.layout().row_stride + section.layout().col_stride);
  return Section(SectionView{section.view().data + offset, layout});
}

void check(const Degradation& d, Extent extent) {
  if (!(d.blur_sigma >= 0) || !(d.noise_sigma >= 0))
    throw ArgumentError(text("degrade: blur sigma ", d.blur_sigma, " and noise sigma ", d.noise_sigma,
                             " must not be negative"));
  if (d.downscale < 1 || d.phase < 0 || d.phase >= d.downscale)
    throw ArgumentError(text("degrade: downscale ", d.downscale, " with phase ", d.phase,
                             " is not accepted; use a factor of 1 or more and a phase below it"));
  if (d.phase >= extent.rows || d.phase >= extent.cols)
    throw ArgumentError(text("degrade: phase ", d.phase, " leaves nothing of a ", name_of(extent), " picture"));
}

}  // namespace

Section converted(const SectionView& section, SampleType type) {
  const auto extent = section.layout.extent;
  std::vector<float> values(static_cast<std::size_t>(section.layout.channels * extent.area()));
  load_normalised(section, {0, 0, extent.rows, extent.cols}, Border::replicate, values.data());
  Section result(type, section.layout.channels, extent);
  store_normalised(values.data(), extent.area(), extent.cols, result.span());
  return result;
}

Section degrade(const SectionView& clean, const Degradation& degradation) {
  check(degradation, clean.layout.extent);
  Section section = converted(clean, SampleType::float32);  // 0..1
  if (degradation.blur_sigma > 0)
    blur(section, gaussian_kernel(degradation.blur_sigma, degradation.blur_size), degradation.border);
  if (degradation.downscale > 1) section = every_nth(section, degradation.downscale, degradation.phase);
  if (degradation.noise_sigma > 0) add_gaussian_noise(section, degradation.noise_sigma / 255, degradation.seed);
  return section;
}

}  // namespace firstframe
