#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// What becomes of section `index`: one for every sink, in the sinks' order.
using SectionWork = std::function<std::vector<Section>(std::int64_t index, const Section& section)>;

/// Reads, works on and writes the sections of a volume, the three at the same time: while one is restored the next is
/// read and the one before is written. Memory: three sections and what becomes of them, whatever the volume's depth.
///
/// Begins at the first section that a sink misses, so that a stopped run is gone on with; does not finish the sinks.
///
/// \param done  told how many of all sections are through; called from several threads, one at a time
/// \return sections worked on
/// \throws Cancelled when a stop was requested, saying how far it came
/// \throws FormatError, naming the section, OutputError, as source, work and sinks
std::int64_t run_sections(SectionSource& source, std::span<SectionSink* const> sinks, const SectionWork& work,
                          const std::function<void(std::int64_t done)>& done, std::stop_token stop);

}  // namespace firstframe
