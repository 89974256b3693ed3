#pragma once

#include <optional>
#include <stop_token>
#include <string_view>

#include "core/frame/section.h"
#include "core/restorers/restorer.h"

namespace firstframe {

/// Which channels of a colour picture a 1-channel model restores.
enum class ChannelPolicy {
  luma,  // the luma; chroma is carried over untouched, as the paper does
  all,   // each of R, G, B by itself
};

std::string_view name_of(ChannelPolicy policy);
std::optional<ChannelPolicy> channel_policy_named(std::string_view name);

/// Restores a grey or R, G, B picture into one of the same type and of restored_extent(): its own, or `scale` times as
/// many rows and columns for a model of scale 2..4, where what is carried over is upsampled bicubically.
///
/// With ChannelPolicy::luma the change of the luma is added to R, G and B alike. That is exactly what
/// restoring Y and converting back with the old Cb and Cr gives, without two colour conversions.
/// A model with as many channels as the picture is applied directly.
///
/// \param degraded  1 or 3 channels, or as many as the model has
/// \param restored  same channels; may not overlap `degraded`
/// \throws FormatError, ArgumentError, Cancelled as restore_tiled
void restore_picture(const Restorer& restorer, const SectionView& degraded, const SectionSpan& restored,
                     ChannelPolicy policy, const RestoreSettings& settings, std::stop_token stop = {});

/// The same with a model that restores the mean of a section and its neighbours (ModelInfo::neighbours), ChannelPolicy::luma.
///
/// \param mean  of the picture's grey, or of its luma as luma_or_grey() gives it, and of the neighbours': section_with_neighbours()
/// \throws ArgumentError when `mean` is of another extent
void restore_averaged(const Restorer& restorer, const SectionView& degraded, const SectionView& mean, const SectionSpan& restored,
                      const RestoreSettings& settings, std::stop_token stop = {});

}  // namespace firstframe
