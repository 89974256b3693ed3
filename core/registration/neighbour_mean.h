#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// The sections of a volume that stand beside section `index`: `each_side` before it and as many after it, the nearest first. At an
/// end of the volume, where there are none, those that lie as far on the other side stand in for them, so that
/// there are always 2 each_side, some of them twice; a volume of one section gives that section.
///
/// \throws ArgumentError unless 0 <= index < count and each_side is 0..kMostNeighbours / 2
std::vector<std::int64_t> sections_beside(std::int64_t index, std::int64_t count, std::int64_t each_side);

/// The first `neighbours` of those: for a model that averages an odd number, which a live stream may have trained, one side has one more.
/// \throws ArgumentError unless 0 <= index < count and neighbours is 0..kMostNeighbours
std::vector<std::int64_t> nearest_sections(std::int64_t index, std::int64_t count, std::int64_t neighbours);

/// A section with its neighbours averaged into it: what a model with ModelInfo::neighbours restores, and what it is trained on.
/// Noise is new in each of them, layers go on from one to the next.
///
///     const auto seen = neighbour_mean(volume[i], {volume[i - 1], volume[i + 1]});
///     auto restorer = train({seen, clean, /*neighbours=*/2}, settings);
///
/// Each neighbour is measured against the section (frame_shift) and moved back by whole pixels where it moved by more
/// than noise explains; its edge goes on as its last pixel. Between pixels nothing is interpolated: noise stays as it was.
///
/// \param own         1 channel, at least 24 x 24 pixels
/// \param neighbours  as `own`; none gives the section itself. A live stream gives those that came before
/// \return float32, normalised to 0..1 by the range of `own`
/// \throws FormatError when a neighbour has another extent, type, range or number of channels, or `own` has several channels
///
/// Cost: some forty passes over the section for each neighbour.
Section neighbour_mean(const SectionView& own, std::span<const SectionView> neighbours);

/// The same rounded to the samples of `own`, in its type and range: what every face of Firstframe restores with such a model.
Section section_with_neighbours(const SectionView& own, std::span<const SectionView> neighbours);

}  // namespace firstframe
