#include "core/training/linear_fit.h"

#include <algorithm>

#include "core/training/patch_sampler.h"

namespace firstframe {

LinearFilter fit_linear(const TrainingPair& pair, const Region& part, std::int64_t size, Border border,
                        std::int64_t most_pixels) {
  torch::NoGradGuard no_grad;
  const auto reach = size / 2;
  const auto channels = pair.degraded.channels();
  const auto degraded = normalised_tensor(
      pair.degraded, {part.row - reach, part.col - reach, part.rows + 2 * reach, part.cols + 2 * reach}, border);
  const auto clean = normalised_tensor(pair.clean, part, border);
  const auto unknowns = channels * size * size + 1;

  auto products = torch::zeros({unknowns, unknowns}, torch::kDouble);
  auto right = torch::zeros({unknowns, channels}, torch::kDouble);
  const auto every = std::max<std::int64_t>(1, part.rows * part.cols / most_pixels);
  for (std::int64_t row = 0; row < part.rows; row += every) {
    // [C, cols, size rows, size cols] -> one line of neighbours and a 1 for the bias per pixel.
    const auto neighbours = degraded.narrow(1, row, size).unfold(2, size, 1).permute({2, 0, 1, 3});
    const auto lines = torch::cat({neighbours.reshape({part.cols, unknowns - 1}), torch::ones({part.cols, 1})}, 1)
                           .to(torch::kDouble);
    products.addmm_(lines.t(), lines);
    right.addmm_(lines.t(), clean.select(1, row).t().to(torch::kDouble));
  }
  const auto ridge = 1e-6 * products.diagonal().mean();
  products.diagonal().add_(ridge);
  const auto solution = torch::linalg_solve(products, right).to(torch::kFloat32);
  const auto weight = solution.narrow(0, 0, unknowns - 1).t().reshape({channels, channels, size, size});
  return {weight.contiguous(), solution[unknowns - 1].contiguous()};
}

}  // namespace firstframe
