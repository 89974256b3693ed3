#pragma once

#include <string>
#include <vector>

#include "io/seismic/segy_file.h"

namespace firstframe {

/// The 40 lines of the text header, in ASCII, without blanks at their ends; EBCDIC and ASCII are told apart by their blanks. SU
/// has none.
std::vector<std::string> text_header(const SegyFile& segy);

}  // namespace firstframe
