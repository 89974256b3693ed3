#pragma once

#include <cstdint>

#include "core/frame/border.h"
#include "core/frame/section.h"
#include "core/frame/section_window.h"

namespace firstframe {

/// Where the pixels of a small section lie on a large one's grid: small pixel i at large pixel i * factor + phase.
///
/// Keeping every n-th pixel from p on gives phase p; averaging n x n pixels, and resizing as most programs do, gives
/// the centre, (n - 1) / 2, which lies between two pixels for even n.
struct Upscale {
  std::int64_t factor = 1;
  double row_phase = 0;  // pixels of the large section
  double col_phase = 0;

  bool operator==(const Upscale&) const = default;
};

/// The phase of a section whose pixels stand for the middle of factor x factor large ones.
Upscale centred_upscale(std::int64_t factor);

/// Upsamples a section bicubically onto a large one's grid.
///
/// The kernel is Keys' with a = -0.5 (Catmull-Rom): it gives constants, slopes and parabolas back exactly, and where a
/// large pixel coincides with a small one, that pixel's own value. Beyond the small section's edge `border` goes on.
///
/// \param small  any type, range and number of channels
/// \param large  any extent and type, as many channels; integers are rounded to nearest and clamped
/// \throws ArgumentError when the channels differ or the factor is below 1
/// \throws FormatError when a float32 pixel is NaN or infinite
///
/// The same bytes for any number of threads. Cost: 8 multiplications a pixel. Memory: a float32 section of
/// small.rows x large.cols and one of the small section.
/// Source: R. Keys, "Cubic convolution interpolation for digital image processing", IEEE Trans. ASSP 29 (1981).
void upsample(const SectionView& small, const Upscale& upscale, Border border, const SectionSpan& large);

/// The same on `threads` threads at most, 0 for all.
void upsample(const SectionView& small, const Upscale& upscale, Border border, const SectionSpan& large, int threads);

/// The rectangle of a small section that `part`, a rectangle inside the large one, is made of.
Region upsampled_from(const Region& part, const Upscale& upscale, Extent small, Border border);

/// Upsamples only `part` of the large section's grid, from a part of the small one: the same bytes there.
/// \param small  holds upsampled_from(part, ...). \throws ArgumentError when it does not
/// \param large  part.extent()
void upsample(const SectionWindow& small, const Upscale& upscale, Border border, const Region& part, const SectionSpan& large);

/// The same as a new float32 section in the value range of `small`, neither rounded nor clamped.
Section upsampled(const SectionView& small, const Upscale& upscale, Extent target, Border border);

}  // namespace firstframe
