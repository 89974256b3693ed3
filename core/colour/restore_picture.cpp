#include "core/colour/restore_picture.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/scratch.h"
#include "core/base/text.h"
#include "core/colour/luma.h"
#include "core/frame/normalised.h"
#include "core/tiling/restore_tiled.h"
#include "core/tiling/upsampled_input.h"

namespace firstframe {
namespace {

Region whole(const SectionView& section) {
  return {0, 0, section.layout.extent.rows, section.layout.extent.cols};
}

// A float32 section in memory that somebody else owns.
SectionSpan planes_in(Scratch<float>& memory, std::int64_t channels, Extent extent, ValueRange range) {
  auto layout = planar_layout(SampleType::float32, channels, extent);
  layout.range = range;
  return {reinterpret_cast<std::byte*>(memory.data()), layout};
}

// restored = degraded + (restored luma - degraded luma), the same for R, G and B.
void add_luma_change(const SectionView& degraded, const float* before, const float* after, const SectionSpan& restored) {
  const auto cols = degraded.layout.extent.cols;
  const auto scale = static_cast<float>(1.0 / degraded.layout.range.span());
  Scratch<float> planes(static_cast<std::size_t>(3 * cols));
  for (std::int64_t r = 0; r < degraded.layout.extent.rows; ++r) {
    load_normalised(degraded, {r, 0, 1, cols}, Border::replicate, planes.data());
    const float* was = before + r * cols;
    const float* is = after + r * cols;
    for (std::int64_t channel = 0; channel < 3; ++channel)
      for (std::int64_t c = 0; c < cols; ++c) planes[channel * cols + c] += (is[c] - was[c]) * scale;
    SectionSpan row = restored;
    row.data += r * restored.layout.row_stride;
    row.layout.extent = {1, cols};
    store_normalised(planes.data(), cols, cols, row);
  }
}

// A 3-channel picture through the luma that a 1-channel model is shown, on the restored grid: the picture's own, or `shown`.
void restore_through_luma(const Restorer& restorer, const SectionView& degraded, const SectionView* shown, const SectionSpan& restored,
                          const RestoreSettings& settings, std::stop_token stop) {
  const auto [extent, range] = std::pair(degraded.layout.extent, degraded.layout.range);
  Scratch<float> before(static_cast<std::size_t>(extent.area())), after(before.size());
  const auto luma = planes_in(before, 1, extent, range);
  luma_of(degraded, luma);
  restore_tiled(restorer, shown ? *shown : SectionView(luma), whole(degraded), planes_in(after, 1, extent, range), settings,
                std::move(stop));
  add_luma_change(degraded, before.data(), after.data(), restored);
}

// The picture lies on the restored grid already.
void restore_aligned(const Restorer& restorer, const SectionView& degraded, const SectionSpan& restored,
                     ChannelPolicy policy, const RestoreSettings& settings, std::stop_token stop) {
  const auto channels = degraded.layout.channels;
  if (channels == restorer.info().channels)
    return restore_tiled(restorer, degraded, whole(degraded), restored, settings, std::move(stop));
  if (restorer.info().channels != 1 || channels != 3)
    throw FormatError(text("restore: the model was trained on ", restorer.info().channels,
                           "-channel frames, this one has ", channels, "; convert it or retrain"));
  if (policy == ChannelPolicy::luma)
    return restore_through_luma(restorer, degraded, nullptr, restored, settings, std::move(stop));
  for (std::int64_t c = 0; c < channels; ++c) {
    SectionSpan target = restored;
    target.data += c * restored.layout.channel_stride;
    target.layout.channels = 1;
    restore_tiled(restorer, degraded.channel(c), whole(degraded), target, settings, stop);
  }
}

void check_room(const ModelInfo& info, const SectionView& degraded, const SectionSpan& restored) {
  const auto extent = restored_extent(info, degraded.layout.extent);
  if (restored.layout.extent != extent)
    throw ArgumentError(text("restore: room for a picture of ", name_of(restored.layout.extent), ", needed: ",
                             name_of(extent)));
}

}  // namespace

std::string_view name_of(ChannelPolicy policy) { return policy == ChannelPolicy::all ? "all" : "luma"; }

std::optional<ChannelPolicy> channel_policy_named(std::string_view name) {
  for (const auto policy : {ChannelPolicy::luma, ChannelPolicy::all})
    if (name == name_of(policy)) return policy;
  return std::nullopt;
}

void restore_picture(const Restorer& restorer, const SectionView& degraded, const SectionSpan& restored,
                     ChannelPolicy policy, const RestoreSettings& settings, std::stop_token stop) {
  if (const auto neighbours = restorer.info().neighbours; neighbours > 0)
    throw FormatError(text("restore: this model restores the mean of a section and ", neighbours, " neighbours of its volume; give the "
                           "volume to `firstframe restore`, or a stream to firstframerestore, or train without neighbours"));
  check_room(restorer.info(), degraded, restored);
  if (restorer.info().scale == 1) return restore_aligned(restorer, degraded, restored, policy, settings, std::move(stop));
  const auto extent = restored.layout.extent;
  Scratch<float> memory(static_cast<std::size_t>(degraded.layout.channels * extent.area()));
  const auto input = planes_in(memory, degraded.layout.channels, extent, degraded.layout.range);
  upsample(degraded, upscale_of(restorer.info()), restorer.info().border, input, settings.threads);
  restore_aligned(restorer, input, restored, policy, settings, std::move(stop));
}

void restore_averaged(const Restorer& restorer, const SectionView& degraded, const SectionView& mean, const SectionSpan& restored,
                      const RestoreSettings& settings, std::stop_token stop) {
  const auto& info = restorer.info();
  if (mean.layout.extent != degraded.layout.extent)
    throw ArgumentError(text("restore: the mean with its neighbours is ", name_of(mean.layout.extent), ", the picture ",
                             name_of(degraded.layout.extent)));
  check_room(info, degraded, restored);
  const bool is_grey = degraded.layout.channels == 1;
  const auto extent = restored.layout.extent;
  Scratch<float> memory(static_cast<std::size_t>(info.scale > 1 ? extent.area() : 0));
  Scratch<float> picture(static_cast<std::size_t>(info.scale > 1 && !is_grey ? degraded.layout.channels * extent.area() : 0));
  auto shown = mean, own = degraded;
  if (info.scale > 1) {
    const auto larger = planes_in(memory, 1, extent, mean.layout.range);
    upsample(mean, upscale_of(info), info.border, larger, settings.threads);
    shown = larger;
  }
  if (is_grey) return restore_tiled(restorer, shown, whole(shown), restored, settings, std::move(stop));
  if (info.scale > 1) {
    const auto larger = planes_in(picture, degraded.layout.channels, extent, degraded.layout.range);
    upsample(degraded, upscale_of(info), info.border, larger, settings.threads);
    own = larger;
  }
  restore_through_luma(restorer, own, &shown, restored, settings, std::move(stop));
}

}  // namespace firstframe
