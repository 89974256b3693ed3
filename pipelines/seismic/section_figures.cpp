#include "pipelines/seismic/section_figures.h"

#include <algorithm>

namespace firstframe {

MeasuredSection measure_section(Traces restored, Traces degraded, std::optional<Traces> clean, double gate,
                                const SimilaritySettings& settings) {
  MeasuredSection measured;
  measured.residual = difference_of(degraded, restored);
  measured.similarity = local_similarity(restored, measured.residual, settings);
  auto& figures = measured.figures;
  figures.degraded_rms = rms_of(degraded);
  figures.restored_rms = rms_of(restored);
  figures.residual_rms = rms_of(measured.residual);
  const double energy = energy_of(degraded);
  figures.removed_percent = energy > 0 ? 100 * energy_of(measured.residual) / energy : 0;
  figures.similarity_median = quantile_of(measured.similarity, 0.5);
  figures.similarity_p95 = quantile_of(measured.similarity, 0.95);
  const auto& values = measured.similarity.values;
  figures.gated_percent = 100.0 * static_cast<double>(std::count_if(values.begin(), values.end(), [&](double s) { return s > gate; })) /
                          static_cast<double>(values.size());
  figures.is_flagged = figures.similarity_p95 > gate;
  if (clean) {
    figures.degraded_snr_db = snr_db(*clean, degraded);
    figures.restored_snr_db = snr_db(*clean, restored);
  }
  measured.degraded = std::move(degraded);
  measured.restored = std::move(restored);
  measured.clean = std::move(clean);
  return measured;
}

SectionFigures mean_of(const std::vector<SectionFigures>& all) {
  SectionFigures mean;
  const auto count = static_cast<double>(all.size());
  for (const auto& one : all) {
    for (const auto member : {&SectionFigures::degraded_rms, &SectionFigures::restored_rms, &SectionFigures::residual_rms,
                              &SectionFigures::removed_percent, &SectionFigures::similarity_median, &SectionFigures::similarity_p95,
                              &SectionFigures::gated_percent})
      mean.*member += one.*member / count;
    for (const auto member : {&SectionFigures::degraded_snr_db, &SectionFigures::restored_snr_db})
      if (one.*member) mean.*member = (mean.*member).value_or(0) + *(one.*member) / count;
  }
  return mean;
}

}  // namespace firstframe
