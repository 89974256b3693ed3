#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// Whether sections are worked on one at a time, or several at once, each on a thread of its own: for a GPU, which computes one while
/// others are copied.
enum class WorkOrder { one_by_one, beside_each_other };

/// Where sections come from, what is done with them, and where they go, by their numbers.
struct SectionSteps {
  std::function<Section(std::int64_t index)> read;
  std::function<std::vector<Section>(std::int64_t index, const Section& section)> work;
  std::function<void(std::int64_t index, const std::vector<Section>& sections)> write;
  WorkOrder order = WorkOrder::one_by_one;
};

/// Takes sections first .. end-1 through the steps, the three at the same time: while one is worked on the next is read and the
/// one before is written. They are written in order. Memory: three sections and what becomes of them.
///
/// \param stop  asked before a section is read; those that were read are finished, unless `work` itself gives up with Cancelled
/// \return how many were written, from `first` on; fewer than there are only when a stop was requested
/// \throws FormatError, naming the section, OutputError, as the steps
std::int64_t run_steps(std::int64_t first, std::int64_t end, const SectionSteps& steps, std::stop_token stop);

/// What becomes of section `index`: one for every sink, in the sinks' order.
using SectionWork = std::function<std::vector<Section>(std::int64_t index, const Section& section)>;

/// Reads, works on and writes the sections of a volume, the three at the same time (run_steps), in memory that does not depend on
/// the volume's depth.
///
/// Begins at the first section that a sink misses, so that a stopped run is gone on with; does not finish the sinks.
///
/// \param done  told how many of all sections are through; called from several threads, one at a time
/// \return sections worked on
/// \throws Cancelled when a stop was requested, saying how far it came
/// \throws FormatError, naming the section, OutputError, as source, work and sinks
std::int64_t run_sections(SectionSource& source, std::span<SectionSink* const> sinks, const SectionWork& work,
                          const std::function<void(std::int64_t done)>& done, std::stop_token stop,
                          WorkOrder order = WorkOrder::one_by_one);

}  // namespace firstframe
