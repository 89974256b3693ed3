#pragma once

#include "core/frame/border.h"
#include "core/frame/section.h"
#include "core/frame/section_window.h"

namespace firstframe {

/// Reads a rectangle of a section, which may lie partly or wholly outside it, as normalised float32.
///
/// `normalised = (value - low) / (high - low)`: 0..1 inside the value range. Pixels outside the section
/// come from `border`.
///
/// \param target  room for channels * region.rows * region.cols values, planar
/// \throws FormatError when a float32 pixel is NaN or infinite, naming its place
void load_normalised(const SectionView& section, const Region& region, Border border, float* target);

/// The same from a part of a section: `region` and the place named in a refusal are the whole section's.
/// \throws ArgumentError when the window lacks pixels that the region shows
void load_normalised(const SectionWindow& window, const Region& region, Border border, float* target);

/// What load_normalised() refuses, for those who read the pixels in another way.
/// \throws ArgumentError when the window lacks pixels that the region shows
void check_holds(const SectionWindow& window, const Region& region, Border border);
/// \param region  of the section, inside the window
/// \throws FormatError when a float32 pixel is NaN or infinite, naming its place
void check_finite(const SectionWindow& window, const Region& region);

/// Writes normalised float32 values back as the section's own type: scaled by its value range, integers
/// rounded to nearest and clamped to what the type holds, float32 neither rounded nor clamped.
///
/// \param source  channels planes of section.extent values, `plane_stride` and `row_stride` in values
void store_normalised(const float* source, std::int64_t plane_stride, std::int64_t row_stride,
                      const SectionSpan& section);

}  // namespace firstframe
