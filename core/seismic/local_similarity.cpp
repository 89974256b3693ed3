#include "core/seismic/local_similarity.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

Traces local_similarity(const Traces& a, const Traces& b, const SimilaritySettings& settings) {
  if (a.extent != b.extent)
    throw FormatError(text("local similarity: one section is ", name_of(a.extent), ", the other ", name_of(b.extent), "; use two of one size"));
  if (settings.half_samples < 1 || settings.half_traces < 1 || settings.iterations < 1)
    throw ArgumentError(text("local similarity: a triangle of ", settings.half_samples, " x ", settings.half_traces, " and ",
                             settings.iterations, " iterations are not accepted; use 1 or more of each"));
  Traces similarity(a.extent);
  if (energy_of(a) == 0 || energy_of(b) == 0) return similarity;
  const auto ab = shaped_division(b, a, settings), ba = shaped_division(a, b, settings);
  for (std::size_t i = 0; i < similarity.values.size(); ++i)
    similarity.values[i] = std::min(1.0, std::sqrt(std::abs(ab.values[i] * ba.values[i])));
  return similarity;
}

double quantile_of(const Traces& traces, double part) {
  if (!(part >= 0 && part <= 1)) throw ArgumentError(text("quantile: ", part, " is not accepted; use 0..1"));
  auto sorted = traces.values;
  std::sort(sorted.begin(), sorted.end());
  const double place = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place), above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Traces blended_back(const Traces& restored, const Traces& degraded, const Traces& similarity, double threshold) {
  if (!(threshold > 0 && threshold < 1))
    throw ArgumentError(text("gate: a threshold of ", threshold, " is not accepted; use more than 0 and less than 1"));
  auto blended = difference_of(degraded, restored);
  if (similarity.extent != restored.extent)
    throw FormatError(text("gate: the similarity is ", name_of(similarity.extent), ", the section ", name_of(restored.extent)));
  for (std::size_t i = 0; i < blended.values.size(); ++i) {
    const double weight = std::clamp(similarity.values[i] / threshold - 1, 0.0, 1.0);
    blended.values[i] = restored.values[i] + weight * blended.values[i];
  }
  return blended;
}

}  // namespace firstframe
