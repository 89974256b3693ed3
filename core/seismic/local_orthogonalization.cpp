#include "core/seismic/local_orthogonalization.h"

namespace firstframe {

Traces locally_orthogonal(const Traces& restored, const Traces& degraded, const SimilaritySettings& settings) {
  auto whole = restored;
  const auto lacking = shaped_division(difference_of(degraded, restored), restored, settings);
  for (std::size_t i = 0; i < whole.values.size(); ++i) whole.values[i] *= 1 + lacking.values[i];
  return whole;
}

}  // namespace firstframe
