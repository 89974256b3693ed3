#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/seismic/local_similarity.h"
#include "core/seismic/traces.h"

namespace firstframe {

/// What is measured of one restored seismic section. Only SNR needs the clean one.
struct SectionFigures {
  std::int64_t section = 0;          // its number in the volume
  double degraded_rms = 0, restored_rms = 0, residual_rms = 0;  // units of the file
  double removed_percent = 0;        // 100 x energy of the residual / energy of the degraded section
  double similarity_median = 0;      // of restored and residual, 0..1
  double similarity_p95 = 0;         // 95th percentile: what the gate looks at
  double gated_percent = 0;          // samples whose similarity is above the gate
  bool is_flagged = false;           // similarity_p95 > gate: signal may have been removed
  std::optional<double> degraded_snr_db, restored_snr_db;
};

/// The sections a restoration is judged by, and the maps behind the figures.
struct MeasuredSection {
  Traces degraded, restored, residual, similarity;
  std::optional<Traces> clean;
  SectionFigures figures;
};

/// \param gate  of the 95th percentile of local similarity, 0..1
/// \throws FormatError when the sections differ in extent
MeasuredSection measure_section(Traces restored, Traces degraded, std::optional<Traces> clean, double gate,
                                const SimilaritySettings& similarity);

/// Means over sections; flags and maxima are counted by the caller.
SectionFigures mean_of(const std::vector<SectionFigures>& all);

}  // namespace firstframe
