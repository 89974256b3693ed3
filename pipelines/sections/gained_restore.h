#pragma once

#include <cstdint>
#include <stop_token>

#include "core/restorers/restorer.h"
#include "core/seismic/silent_restore.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// Refuses automatic gain control of traces whose sample interval no header says.
/// \throws FormatError naming the file and the bytes
void require_interval(const SectionSource& source);

/// Rows of the automatic gain's window that a model was trained under, at the source's sample interval; 0 for one trained without.
/// \throws FormatError as require_interval does, for a model trained under gain
std::int64_t gain_window(const ModelInfo& model, const SectionSource& source);

/// Refuses what does not go with automatic gain control.
/// \throws ArgumentError when a range is given, since the gain sets the amplitudes; FormatError for a super-resolution model
void require_gain_fits(const ModelInfo& model, bool has_range);

/// A section restored under its own gains, which are undone after.
/// \param offset  samples are stored values + offset
/// \return float32: stored values + offset, in the value range of `degraded`
Section restored_under_gain(const Restorer& restorer, const Section& degraded, double offset, std::int64_t window, SilentRestore& silent,
                            const RestoreSettings& settings, std::stop_token stop);

}  // namespace firstframe
