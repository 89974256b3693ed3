#include "core/degradation/identified.h"

#include <cmath>

namespace firstframe {

bool IdentifiedDegradation::explains_the_pair() const {
  return std::abs(noise.correlation) < 0.1 && noise.slope < 0.5 && noise.sigma > 0;
}

}  // namespace firstframe
