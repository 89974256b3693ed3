#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// How a repeat lies against another: what the one shows at row r, column c, it shows at row r + down, column
/// c + across.
struct RepeatMotion {
  double down = 0;    // pixels
  double across = 0;  // pixels

  bool operator==(const RepeatMotion&) const = default;
};

/// The rectangle in which a repeat that has been moved back shows its own pixels; of no extent when there is none.
Region covered_by(Extent extent, const RepeatMotion& motion);

}  // namespace firstframe
