#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// The lowest and the highest value of a section, over all channels, as stored. NaN and infinity are passed over; a section of
/// nothing else gives low > high.
ValueRange value_extremes(const Section& section);

}  // namespace firstframe
