#pragma once

#include <string>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// Where the figures of an OCT picture are taken.
struct OctRegions {
  Region background;           // homogeneous, without signal
  std::vector<Region> layers;  // homogeneous parts of bright layers, one or more
};

/// Finds regions of interest in a B-scan whose depth runs down the rows. Deterministic:
///
/// - layers: the three brightest windows (by their mean) of rows / 40 x cols / 16 pixels, at least 6 x 16, that do not
///   overlap and lie at least that far apart sideways, so that they do not share their speckle;
/// - background: the darkest window of rows / 10 x cols / 6 pixels, at least 16 x 16, that ends above the brightest
///   row of its columns by at least its own height.
///
/// Windows start every half of their sides. Those with more than 1 % of pixels at or below black are passed over: a
/// registered picture is black where nothing was measured.
///
/// \param section  1 channel. Of a restored and a clean section give the clean one: what is found must not depend on
///                 the restorer.
/// \throws FormatError when it is smaller than 64 x 64 or no such window exists; regions must then be given
OctRegions find_oct_regions(const SectionView& section);

/// \throws ArgumentError when a region leaves the section or has fewer than 16 pixels, or there is no layer
void check_oct_regions(const OctRegions& regions, Extent section);

/// "ROW,COL,ROWSxCOLS".
std::string name_of(const Region& region);

}  // namespace firstframe
