#pragma once

#include "io/files/file_reader.h"
#include "io/seismic/segy_layout.h"

namespace firstframe {

/// Asks the samples of some traces whether they are what the header says, since headers lie: IBM floats written under the
/// code of IEEE ones and the other way round, samples of the other byte order.
///
/// What is looked for: IBM numbers are normalised, their leading hexadecimal digit is not 0, which IEEE floats read as IBM miss one time in
/// twelve; and floats of another kind or order lie far outside 1e-20..1e20.
/// Cost: up to 64 traces spread over the file are read.
///
/// \throws FormatError naming the kinds that would fit; not when the options say format or byte order, and not for integers,
///         which cannot be told apart
void check_samples(const FileReader& file, const SegyLayout& layout, const SegyOptions& options);

}  // namespace firstframe
