#include "core/training/centred_equations.h"

#include <algorithm>

namespace firstframe {

CentredEquations centred_equations(const KernelEquations& equations) {
  const auto taps = static_cast<std::int64_t>(equations.sums.size());
  const auto tensor = [](const std::vector<double>& values, torch::IntArrayRef shape) {
    return torch::from_blob(const_cast<double*>(values.data()), shape, torch::kDouble);
  };
  CentredEquations centred;
  centred.means = tensor(equations.sums, {taps}) / equations.count;
  centred.matrix = tensor(equations.products, {taps, taps}) - equations.count * torch::outer(centred.means, centred.means);
  centred.right = tensor(equations.right, {taps}) - equations.degraded_sum * centred.means;
  centred.power = std::max(equations.degraded_power - equations.degraded_sum * equations.degraded_sum / equations.count, 1e-300);
  return centred;
}

}  // namespace firstframe
