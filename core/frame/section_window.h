#pragma once

#include "core/frame/border.h"
#include "core/frame/section.h"

namespace firstframe {

/// A part of a section: the pixels that are at hand, and where they lie in the whole.
struct SectionWindow {
  SectionView pixels;
  std::int64_t row = 0;  // of the window's first pixel in the section
  std::int64_t col = 0;
  Extent section;        // of the whole; the window lies inside it

  Region place() const { return {row, col, pixels.layout.extent.rows, pixels.layout.extent.cols}; }
};

/// A section that is at hand as a whole.
SectionWindow whole_window(const SectionView& section);

/// The smallest rectangle of a section that holds every pixel which `region` shows, a rectangle that may run over the edge
/// and goes on there as `border` says. A circular border makes it the whole side.
Region shown_by(const Region& region, Extent section, Border border);

}  // namespace firstframe
