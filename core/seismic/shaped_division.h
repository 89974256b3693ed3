#pragma once

#include <cstdint>

#include "core/seismic/traces.h"

namespace firstframe {

/// How far local attributes look around, and how exactly they are solved.
struct SimilaritySettings {
  std::int64_t half_samples = 12;  // half width of the triangle that attributes are smoothed by, down; 1 or more
  std::int64_t half_traces = 6;    // and across
  std::int64_t iterations = 40;    // of conjugate gradients, at most
};

/// The smooth section c by which `a` is multiplied to give `b`, in the least-squares sense, shaped to be smooth by a triangle H:
/// c = H (l^2 I + H (A^2 - l^2 I) H)^-1 H A b, A the diagonal of `a`, l its root mean square; conjugate gradients solve it. 0 for an `a`
/// that is 0 everywhere.
///
/// \throws ArgumentError for a width or number of iterations below 1; FormatError when the extents differ
///
/// Cost: 2 x iterations triangle smoothings.
/// Source: S. Fomel, "Shaping regularization in geophysical-estimation problems", Geophysics 72(2), 2007.
Traces shaped_division(const Traces& b, const Traces& a, const SimilaritySettings& settings = {});

}  // namespace firstframe
