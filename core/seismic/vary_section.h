#pragma once

#include <cstdint>
#include <vector>

#include "core/seismic/traces.h"

namespace firstframe {

/// How an annotated section is varied. The defaults serve stacked sections.
struct VarySettings {
  double dip = 0.6;         // sheared by up to so many samples per trace
  double curvature = 6;     // bent by up to so many samples between the middle and the edge
  double stretch = 0.25;    // traces pulled apart or pushed together by up to this part; time by a third of it
  double gain = 0.3;        // amplitudes between 1 - gain and 1 / (1 - gain)
  std::int64_t beside = 0;  // pseudo neighbours on each side
  double moveout = 1.5;     // from one neighbour to the next events move by up to so many samples, another way at each edge
};

/// One variation: a section and neighbours of it with noise of their own, and the section without noise.
struct VariedSection {
  std::vector<Traces> degraded;  // 2 beside + 1, the middle one belongs to `clean`
  Traces clean;
};

/// Makes another section out of an annotated one: the clean section mirrored or not, inverted or not, sheared, bent, stretched and
/// scaled, under fresh noise with the spectrum of the pair's own. Nothing else is drawn from, so that a model trained on many
/// variations is still one trained on a single section.
///
/// Noise: the residual degraded - clean with its 2-D phases replaced by those of white noise. Neighbours show the same events
/// moved by a surface that is drawn with the variation. Where the warped section looks beyond the edge there is the mirrored one.
///
/// \throws FormatError when extents differ; ArgumentError for a setting out of range
/// Source: surrogate data by random phases, J. Theiler et al., Physica D 58, 1992; the rest is our own choice.
VariedSection vary_section(const Traces& degraded, const Traces& clean, const VarySettings& settings, std::uint64_t seed);

}  // namespace firstframe
