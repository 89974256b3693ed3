#include "core/training/identify.h"

#include <algorithm>

#include "core/training/explained_pair.h"
#include "core/training/find_border.h"
#include "core/training/fit_tiles.h"
#include "core/training/gaussian_fit.h"
#include "core/training/kernel_equations.h"

namespace firstframe {

IdentifiedDegradation identify_degradation(const TrainingPair& pair, const Region& part, Border border) {
  const auto reach = largest_reach(part);
  const auto fit = fit_blur(kernel_equations(pair, fit_tiles(part, reach), reach));
  return explained_pair(pair.degraded, pair.clean, part, border, fit, {});
}

IdentifiedDegradation identify_pair(const TrainingPair& pair) {
  const Region whole{0, 0, pair.clean.extent().rows, pair.clean.extent().cols};
  const auto reach = largest_reach(whole);
  const auto fit = fit_blur(kernel_equations(pair, fit_tiles(whole, reach), reach));
  const auto border = border_met_by(pair, fit.kernel, fit.offset);
  auto found = explained_pair(pair.degraded, pair.clean, whole, border.border.value_or(Border::reflect), fit, {});
  found.border = border;
  return found;
}

}  // namespace firstframe
