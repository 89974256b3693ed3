#include "core/training/picture_degrader.h"

#include <cmath>
#include <vector>

#include "core/training/correlate.h"

namespace firstframe {
namespace {

std::int64_t round_up(std::int64_t value, std::int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

torch::Tensor reflected(const torch::Tensor& picture, std::int64_t by) {
  return torch::reflection_pad2d(picture.unsqueeze(0), {by, by, by, by})[0];
}

// The part of [N, rows, cols] that is left when `by` pixels are cut off each edge.
torch::Tensor inside(const torch::Tensor& pictures, std::int64_t by) {
  return pictures.narrow(1, by, pictures.size(1) - 2 * by).narrow(2, by, pictures.size(2) - 2 * by);
}

// The kernel, wider around its centroid by a factor, with the same sum: its taps are read off between the given ones.
torch::Tensor stretched(const torch::Tensor& kernel, double stretch, double down, double across) {
  const auto size = kernel.size(1);
  if (stretch == 1 || size == 1) return kernel;
  const auto wide = (static_cast<std::int64_t>(std::ceil(static_cast<double>(size) * std::max(1.0, stretch))) | 1) + 2;
  const auto at = torch::arange(wide, torch::kFloat32) - static_cast<double>(wide / 2);
  // Along an axis, -1..1 from the first tap to the last.
  const auto place = [&](double centre) { return ((at - centre) / stretch + centre) / (static_cast<double>(size - 1) / 2); };
  const auto grid = torch::stack({place(across).unsqueeze(0).expand({wide, wide}), place(down).unsqueeze(1).expand({wide, wide})}, 2);
  namespace F = torch::nn::functional;
  const auto taps = F::grid_sample(kernel.unsqueeze(0), grid.unsqueeze(0),
                                   F::GridSampleFuncOptions().mode(torch::kBilinear).padding_mode(torch::kZeros).align_corners(true))[0];
  return taps * (kernel.sum() / taps.sum());
}

}  // namespace

PictureDegrader::PictureDegrader(const IdentifiedDegradation& degradation, SeenThrough through)
    : noise_sigma_(degradation.noise.sigma),
      downscale_(degradation.downscale),
      centroid_down_(degradation.centroid_down),
      centroid_across_(degradation.centroid_across),
      through_(std::move(through)),
      kernel_(torch::tensor(at::ArrayRef<float>(degradation.kernel.taps))
                  .reshape({1, degradation.kernel.size, degradation.kernel.size})) {
  const auto grid = through_.upscale.factor;
  kernel_reach_ = kernel_.size(1) / 2;
  filter_reach_ = round_up(through_.filters.defined() ? through_.filters.size(2) / 2 : 0, grid);
}

torch::Tensor PictureDegrader::upsampled_small(const torch::Tensor& small, std::int64_t rows, std::int64_t cols) const {
  Section section(SampleType::float32, 1, {small.size(0), small.size(1)});
  torch::from_blob(section.samples<float>(), small.sizes()).copy_(small);
  Section large = upsampled(section.view(), through_.upscale, {rows, cols}, Border::reflect);
  return torch::from_blob(large.samples<float>(), {rows, cols}).clone();
}

// The picture without the filters' reach, and what each filter changes of it.
torch::Tensor PictureDegrader::filtered(const torch::Tensor& picture) const {
  const auto plain = inside(picture.unsqueeze(0), filter_reach_);
  if (!through_.filters.defined()) return plain.contiguous();
  const auto sharpened = correlate(picture, through_.filters.select(1, 0));
  return torch::cat({plain, inside(sharpened, filter_reach_ - through_.filters.size(2) / 2) - plain});
}

BankPicture PictureDegrader::degraded(const torch::Tensor& clean, double stretch) const {
  const auto kernel = stretched(kernel_, stretch, centroid_down_, centroid_across_);
  const auto around = reflected(clean, filter_reach_);
  auto seen = correlate(reflected(around, kernel.size(1) / 2), kernel)[0];
  if (const auto factor = downscale_.factor; factor > 1)
    seen = upsampled_small(seen.slice(0, downscale_.row_phase, {}, factor).slice(1, downscale_.col_phase, {}, factor),
                           around.size(0), around.size(1));
  return {clean.unsqueeze(0), filtered(seen)};
}

torch::Tensor PictureDegrader::noise(std::int64_t side, std::uint64_t seed) const {
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(seed);
  const auto whole = round_up(side, downscale_.factor) + 2 * filter_reach_;
  const auto white = torch::randn({whole / downscale_.factor, whole / downscale_.factor}, generator) * noise_sigma_;
  return filtered(downscale_.factor > 1 ? upsampled_small(white, whole, whole) : white);
}

}  // namespace firstframe
