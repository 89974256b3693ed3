#pragma once

#include <string>

#include "core/training/pair_correlation.h"

namespace firstframe {

/// What `inspect --degraded D --clean C` was asked for.
struct PairInspection {
  std::string degraded, clean;
  std::string plot;  // a PNG file, or "" for none
  bool as_json = false;
};

/// Identifies the degradation of the first frames of two files, on their luma, and prints what was found.
/// \throws FormatError for a pair that nothing can be learned from
void inspect_pair(const PairInspection& inspection);

/// Tells a user, on standard error, that a pair is less alike than kClearlyOneScene.
void warn_of_two_scenes(const PairCorrelation& alike);

}  // namespace firstframe
