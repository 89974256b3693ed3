#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// The largest reach, 15 pixels at most, of a kernel that a part can tell: half of the part's pixels see nothing beyond
/// it, and there are eight of them for every tap.
std::int64_t largest_reach(const Region& part);

/// The pixels of a part from which a kernel of that reach is fitted, none of which sees beyond the part: all of them, or
/// nine tiles spread evenly when they are more than 200 000.
std::vector<Region> fit_tiles(const Region& part, std::int64_t reach);

}  // namespace firstframe
