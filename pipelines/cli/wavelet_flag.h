#pragma once

#include <string>

#include "core/seismic/wavelet.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// A wavelet from a flag: "ricker:25", "ormsby:5,10,40,60", "estimate:SECTION" (estimate_wavelet of a volume, all of its sections
/// or 32 evenly chosen ones), or a text file with one sample a line, the middle one being time zero; # begins a comment.
/// \throws ArgumentError when a description is not accepted
/// \throws FormatError, MissingFileError when the file cannot be used
Wavelet wavelet_from(const std::string& description_or_path, double sample_interval_ms);

/// What the headers of SEG-Y say; 0 where they say nothing, and of other formats.
double sample_interval_ms_of(const SectionSource& source);

/// Estimates it from sections of an open volume. `reach` 0 takes an eighth of a trace, at most 120 ms.
Wavelet estimate_wavelet(SectionSource& source, double sample_interval_ms, std::int64_t reach = 0);

}  // namespace firstframe
