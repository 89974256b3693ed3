#include "core/training/explained_pair.h"

#include <torch/torch.h>

#include <algorithm>
#include <numeric>

#include "core/degradation/identify_noise.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

std::shared_ptr<const Section> section_of(const torch::Tensor& plane) {
  auto section = std::make_shared<Section>(SampleType::float32, 1, Extent{plane.size(0), plane.size(1)});
  std::copy_n(plane.contiguous().data_ptr<float>(), plane.numel(), section->samples<float>());
  return section;
}

// Pixels whose kernel stays inside the part; all of them where the kernel leaves nothing else.
Region inside_of(const Region& part, std::int64_t reach) {
  if (std::min(part.rows, part.cols) < 2 * reach + 8) return {0, 0, part.rows, part.cols};
  return {reach, reach, part.rows - 2 * reach, part.cols - 2 * reach};
}

}  // namespace

IdentifiedDegradation explained_pair(const Section& degraded, const Section& clean, const Region& part, Border border,
                                     const KernelFit& fit, const Downscale& downscale) {
  torch::NoGradGuard no_grad;
  const auto factor = downscale.factor, reach = fit.kernel.reach();
  const Region seen{factor * part.row + downscale.row_phase - reach, factor * part.col + downscale.col_phase - reach,
                    factor * (part.rows - 1) + 1 + 2 * reach, factor * (part.cols - 1) + 1 + 2 * reach};
  const auto before = normalised_tensor(clean, seen, border);
  const auto after = normalised_tensor(degraded, part, border)[0];
  const auto kernel = torch::tensor(at::ArrayRef<float>(fit.kernel.taps)).reshape({1, 1, fit.kernel.size, fit.kernel.size});
  const auto predicted = torch::conv2d(before.unsqueeze(0), kernel, {}, factor)[0][0] + fit.offset;
  const auto rest = after - predicted;

  IdentifiedDegradation found;
  found.kernel = fit.kernel;
  found.kernel_error = fit.error;
  found.offset = fit.offset;
  found.gain = std::accumulate(fit.kernel.taps.begin(), fit.kernel.taps.end(), 0.0);
  found.centroid_down = fit.centroid_down;
  found.centroid_across = fit.centroid_across;
  found.centroid_error = fit.centroid_error;
  found.gaussian = fit.gaussian;
  found.downscale = downscale;
  found.rest = section_of(rest);
  found.predicted = section_of(predicted);

  const auto inside = inside_of(part, (reach + factor - 1) / factor);
  found.noise = identify_noise(*found.rest, *found.predicted, inside, part.row, part.col);
  const auto at_inside = [&](const torch::Tensor& plane) {
    return plane.slice(0, inside.row, inside.row + inside.rows).slice(1, inside.col, inside.col + inside.cols).to(torch::kDouble);
  };
  const auto unchanged = before[0].slice(0, reach, before.size(1) - reach, factor).slice(1, reach, before.size(2) - reach, factor);
  const double change = (at_inside(after) - at_inside(unchanged)).square().mean().item<double>();
  found.explained = 1 - at_inside(rest).square().mean().item<double>() / std::max(change, 1e-12);
  return found;
}

}  // namespace firstframe
