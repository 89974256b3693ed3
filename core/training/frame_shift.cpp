#include "core/training/frame_shift.h"

#include <algorithm>
#include <vector>

namespace firstframe {
namespace {

constexpr std::int64_t kSmallest = 24;  // pixels, shorter side of the coarsest level
constexpr int kSteps = 4;               // a level
constexpr std::int64_t kEdge = 3;       // pixels; there smoothing and gradients meet the border
constexpr double kLongestStep = 2;      // pixels; gradients know nothing of what lies further away

// Every place takes the value `offset` further along `dim`.
torch::Tensor displaced(const torch::Tensor& plane, std::int64_t dim, std::int64_t offset) {
  const auto last = plane.size(dim) - 1;
  return plane.index_select(dim, (torch::arange(last + 1) + offset).clamp(0, last));
}

torch::Tensor moved_back_along(const torch::Tensor& plane, std::int64_t dim, double shift) {
  if (shift == 0) return plane;
  const double whole = std::floor(shift), part = shift - whole;
  const double weights[] = {part * (-0.5 + part * (1 - 0.5 * part)), 1 + part * part * (-2.5 + 1.5 * part),
                            part * (0.5 + part * (2 - 1.5 * part)), part * part * (-0.5 + 0.5 * part)};
  auto sum = torch::zeros_like(plane);
  for (int i = 0; i < 4; ++i)
    sum.add_(displaced(plane, dim, static_cast<std::int64_t>(whole) + i - 1), weights[i]);
  return sum;
}

torch::Tensor smooth_along(const torch::Tensor& plane, std::int64_t dim) {
  return (displaced(plane, dim, -2) + displaced(plane, dim, 2) + 6 * plane +
          4 * (displaced(plane, dim, -1) + displaced(plane, dim, 1))) /
         16;
}

torch::Tensor slope(const torch::Tensor& plane, std::int64_t dim) {
  return (displaced(plane, dim, 1) - displaced(plane, dim, -1)) / 2;
}

// Without the pixels at the border, which the moved frame has made up.
torch::Tensor inside(const torch::Tensor& plane, const FrameShift& shift) {
  const auto cut = [](std::int64_t side, double moved) {
    return std::min(side / 4, kEdge + static_cast<std::int64_t>(std::ceil(std::abs(moved))));
  };
  const auto rows = cut(plane.size(0), shift.down), cols = cut(plane.size(1), shift.across);
  return plane.slice(0, rows, plane.size(0) - rows).slice(1, cols, plane.size(1) - cols);
}

double sum_of(const torch::Tensor& a, const torch::Tensor& b) {
  return (a * b).sum(torch::kDouble).item<double>();
}

// What must be added to `shift`, by which `to` has been moved back, to lie over `from`.
FrameShift correction(const torch::Tensor& from, const torch::Tensor& to, const FrameShift& shift) {
  const auto smooth = [](const torch::Tensor& plane) { return smooth_along(smooth_along(plane, 0), 1); };
  const auto a = smooth(from), b = smooth(moved_back(to, shift));
  const auto mean = (a + b) / 2;
  const auto down = inside(slope(mean, 0), shift), across = inside(slope(mean, 1), shift);
  const auto rest = inside(a - b, shift);
  const double slopes = sum_of(down, down) + sum_of(across, across);
  if (slopes <= 0) return {};
  const double least = 1e-4 * slopes;  // along contours of one direction nothing is known, and nothing moves
  const double dd = sum_of(down, down) + least, ac = sum_of(across, across) + least,
               da = sum_of(down, across);
  const double rd = sum_of(rest, down), ra = sum_of(rest, across), determinant = dd * ac - da * da;
  const FrameShift step{(ac * rd - da * ra) / determinant, (dd * ra - da * rd) / determinant};
  const double shortened = std::min(1.0, kLongestStep / std::max(step.length(), 1e-9));
  return {step.down * shortened, step.across * shortened};
}

torch::Tensor half(const torch::Tensor& plane) { return torch::avg_pool2d(plane.unsqueeze(0), 2)[0]; }

}  // namespace

torch::Tensor moved_back(const torch::Tensor& plane, const FrameShift& shift) {
  return moved_back_along(moved_back_along(plane, 0, shift.down), 1, shift.across);
}

FrameShift frame_shift(const torch::Tensor& from, const torch::Tensor& to) {
  torch::NoGradGuard no_grad;
  std::vector<std::pair<torch::Tensor, torch::Tensor>> levels{{from, to}};
  while (std::min(levels.back().first.size(0), levels.back().first.size(1)) >= 2 * kSmallest)
    levels.emplace_back(half(levels.back().first), half(levels.back().second));

  FrameShift shift;
  for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
    shift = {2 * shift.down, 2 * shift.across};
    for (int i = 0; i < kSteps; ++i) {
      const auto step = correction(level->first, level->second, shift);
      shift = {shift.down + step.down, shift.across + step.across};
    }
  }
  return shift;
}

}  // namespace firstframe
