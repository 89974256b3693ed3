#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// Mean squared difference of normalised values over all channels.
/// \throws FormatError when extents or channels differ or a value is not finite
double mean_squared_error(const SectionView& restored, const SectionView& clean);

/// Peak signal-to-noise ratio in dB: 10 log10(peak^2 / MSE), on normalised values (each section by its own
/// value range), so peak 1 is the whole range. Equal sections give infinity.
double psnr(const SectionView& restored, const SectionView& clean, double peak = 1.0);

/// The three figures the literature mixes up. All in dB.
struct PicturePsnr {
  double rgb = 0;       // over the channels as they are
  double luma_full = 0;    // BT.601 luma scaled 0..255, peak 255
  double luma_studio = 0;  // BT.601 luma scaled 16..235 as MATLAB's rgb2ycbcr gives it, peak 255:
                           // differences shrink by 219/255, so this reads 1.32 dB higher
};

/// \param restored, clean  1 or 3 channels, both alike. A grey picture is its own luma.
PicturePsnr picture_psnr(const SectionView& restored, const SectionView& clean);

}  // namespace firstframe
