#pragma once

#include <cstdint>
#include <memory>

#include "io/volume/section_source.h"

namespace firstframe {

/// The sections of a volume with their neighbours averaged in, as neighbour_mean.h has it: what a model with
/// ModelInfo::neighbours is trained on and restores. Rounded to the volume's own samples, so that range and code stay.
///
/// Memory: as many sections as are averaged; read in order, each is read once.
/// \param neighbours  of each section in all, half of them on each side; 0 gives the source itself
std::unique_ptr<SectionSource> with_neighbours(std::unique_ptr<SectionSource> source, std::int64_t neighbours);

}  // namespace firstframe
