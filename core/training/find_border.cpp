#include "core/training/find_border.h"

#include <algorithm>

#include "core/training/linear_fit.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

constexpr std::int64_t kFilter = 9;  // pixels
constexpr std::int64_t kBand = 4;    // pixels from the edge that a 9 x 9 filter needs the border for

double error_at_the_edge(const TrainingPair& pair, const LinearFilter& filter, Border border) {
  const auto extent = pair.clean.extent();
  const auto reach = kFilter / 2;
  const auto degraded = normalised_tensor(
      pair.degraded, {-reach, -reach, extent.rows + 2 * reach, extent.cols + 2 * reach}, border);
  const auto clean = normalised_tensor(pair.clean, {0, 0, extent.rows, extent.cols}, border);
  const auto restored = torch::conv2d(degraded.unsqueeze(0), filter.weight, filter.bias)[0];
  auto error = (restored - clean).square();
  error.slice(1, kBand, extent.rows - kBand).slice(2, kBand, extent.cols - kBand).zero_();
  return error.sum().item<double>();
}

}  // namespace

Border find_border(const TrainingPair& pair) {
  torch::NoGradGuard no_grad;
  const auto extent = pair.clean.extent();
  const auto reach = kFilter / 2;
  const Region inside{reach, reach, extent.rows - 2 * reach, extent.cols - 2 * reach};
  const auto filter = fit_linear(pair, inside, kFilter, Border::reflect, /*most_pixels=*/60'000);

  auto best = Border::reflect;
  double least = 0.95 * error_at_the_edge(pair, filter, Border::reflect);
  for (const auto border : {Border::circular, Border::replicate}) {
    const double error = error_at_the_edge(pair, filter, border);
    if (error < least) {
      least = error;
      best = border;
    }
  }
  return best;
}

}  // namespace firstframe
