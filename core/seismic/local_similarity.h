#pragma once

#include "core/seismic/shaped_division.h"

namespace firstframe {

/// How alike two sections are around every sample, 0..1: 0 where they have nothing in common, 1 where one is a multiple of the
/// other. Of a restored section and its residual it shows where signal was removed; that needs no clean section.
///
/// The square root of |c1 c2|, c1 being the section by which `a` is multiplied to give `b`, c2 the other way round
/// (shaped_division). Where one section is zero everywhere the similarity is 0.
///
/// \throws ArgumentError for a width or number of iterations below 1; FormatError when the extents differ
///
/// Cost: 2 x iterations triangle smoothings, twice each.
/// Source: S. Fomel, "Local seismic attributes", Geophysics 72(3), 2007, and "Shaping regularization in geophysical-estimation
/// problems", Geophysics 72(2), 2007. As a measure of leaked signal: Y. Chen, S. Fomel, Geophysics 80(6), 2015.
Traces local_similarity(const Traces& a, const Traces& b, const SimilaritySettings& settings = {});

/// The value that a part of the samples lies at or below, 0..1; of 0.95 the 95th percentile. Between two samples it is
/// interpolated. \throws ArgumentError for a part outside 0..1
double quantile_of(const Traces& traces, double part);

/// Gives back what local similarity says was signal: restored + w (degraded - restored), with w growing from 0 at a similarity of
/// `threshold` to 1 at twice that. \throws FormatError when the extents differ; ArgumentError unless 0 < threshold < 1
Traces blended_back(const Traces& restored, const Traces& degraded, const Traces& similarity, double threshold);

}  // namespace firstframe
