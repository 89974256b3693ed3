#include "core/degradation/degrade.h"

#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/blur.h"
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

// Normalised values in `room`, whose memory is kept where size and channels are as before.
void load(const SectionView& section, Section& room) {
  const auto& layout = section.layout;
  if (room.empty() || room.extent() != layout.extent || room.channels() != layout.channels)
    room = Section(SampleType::float32, layout.channels, layout.extent);
  load_normalised(section, {0, 0, layout.extent.rows, layout.extent.cols}, Border::replicate, room.samples<float>());
}

void degrade_values(const Degradation& d, DegradeRoom& room) {
  if (d.blur_sigma > 0) blur(room.values, gaussian_kernel(d.blur_sigma, d.blur_size), d.border, room.between);
  if (d.downscale > 1) room.values = every_nth(room.values, d.downscale, d.phase);
  add_noise(room.values, d.noise_kind, d.noise_sigma / 255, d.seed);
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
  DegradeRoom room;
  load(clean, room.values);
  degrade_values(degradation, room);
  return std::move(room.values);
}

void degrade_into(const SectionView& clean, const Degradation& degradation, const SectionSpan& degraded, DegradeRoom& room) {
  check(degradation, clean.layout.extent);
  load(clean, room.values);
  degrade_values(degradation, room);
  const auto& to = degraded.layout;
  const auto extent = room.values.extent();
  if (to.extent != extent || to.channels != room.values.channels())
    throw ArgumentError(text("degrade: ", room.values.channels(), " channels of ", name_of(extent), " do not fit into ",
                             to.channels, " of ", name_of(to.extent)));
  store_normalised(room.values.samples<float>(), extent.area(), extent.cols, degraded);
}

}  // namespace firstframe
