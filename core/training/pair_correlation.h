#pragma once

#include <cstdint>

#include "core/training/pair.h"

namespace firstframe {

/// How alike two sections are; a larger clean one is averaged down to the degraded one's size first.
struct PairCorrelation {
  double value = 0;             // Pearson's r of the means over channels, -1..1; 0 when one is constant
  std::int64_t rows_down = 0;   // where the degraded section shows what the clean one shows, pixels further down
  std::int64_t cols_across = 0;
};

/// Below it (in magnitude) a pair is refused: what it shows is not one scene.
constexpr double kOneScene = 0.1;
/// Below it a user is warned: strong noise, or another frame.
constexpr double kClearlyOneScene = 0.5;

/// Correlates degraded and clean: as they lie, and when that gives less than kClearlyOneScene, with every shift of up
/// to 32 pixels and a quarter of the sides, over the pixels that both then have. The largest magnitude is returned.
/// Cost: one pass; with shifts two Fourier transforms of twice the sides.
PairCorrelation pair_correlation(const TrainingPair& pair);

/// \throws FormatError below kOneScene, with the figure
void check_one_scene(const PairCorrelation& correlation);

}  // namespace firstframe
