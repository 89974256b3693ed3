#pragma once

#include "core/seismic/shaped_division.h"

namespace firstframe {

/// Gives back the signal that a restoration removed: `restored + w restored`, w being the smooth section by which the restored one is
/// multiplied to give the residual (degraded - restored). The residual that is left, residual - w restored, is orthogonal to what came
/// out in every neighbourhood of the triangle's size.
///
/// Where events were made weaker w is about what they lack; where the residual is noise w is near 0. What the restoration removed whole,
/// so that nothing like it is in the restored section, it cannot give back. Where the restored section is 0 it stays 0.
///
/// \param settings  the triangle; narrower ones give more signal back, and more noise
/// \throws as shaped_division
/// Source: Y. Chen, S. Fomel, "Random noise attenuation using local signal-and-noise orthogonalization", Geophysics 80(6), 2015,
/// equations 4 to 6, with the shaping of local_similarity().
Traces locally_orthogonal(const Traces& restored, const Traces& degraded, const SimilaritySettings& settings = {.half_samples = 24, .half_traces = 12});

}  // namespace firstframe
