#include "core/registration/frame_shift.h"

#include <algorithm>
#include <vector>

namespace firstframe {
namespace {

constexpr std::int64_t kSmallest = 24;  // pixels, shorter side of the coarsest level
constexpr int kSteps = 4;               // a level
constexpr std::int64_t kEdge = 3;       // pixels; there smoothing and gradients meet the border
constexpr double kLongestStep = 2;      // pixels; gradients know nothing of what lies further away

constexpr double kLeastSlopes = 1e-4;
constexpr double kLeastPart = 0.1;
constexpr double kDeviations = 3;
constexpr double kUnknown = 1e3;  // pixels

// White noise that smooth_along has been over, twice: how much more a sum of it weighted by slow slopes varies than
// that of as much noise without neighbours alike. Less for quick slopes.
constexpr double kSmoothed = 1 / (0.2734 * 0.2734);

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

// Sums of products of slopes: [down down, down across; down across, across across].
struct Slopes {
  double dd = 0, da = 0, aa = 0;

  double determinant() const { return dd * aa - da * da; }
};

// What must be added to `shift`, by which `to` has been moved back, to lie over `from`.
FrameShift correction(const torch::Tensor& from, const torch::Tensor& to, const FrameShift& shift) {
  const auto smooth = [](const torch::Tensor& plane) { return smooth_along(smooth_along(plane, 0), 1); };
  const auto a = smooth(from), b = smooth(moved_back(to, shift));
  const auto rest = inside(a - b, shift);
  const auto a_down = inside(slope(a, 0), shift), a_across = inside(slope(a, 1), shift);
  const auto b_down = inside(slope(b, 0), shift), b_across = inside(slope(b, 1), shift);
  const auto down = (a_down + b_down) / 2, across = (a_across + b_across) / 2;
  const Slopes seen{sum_of(down, down), sum_of(down, across), sum_of(across, across)};
  // Of the scene alone: one plane's slopes times the other's, whose noise is another.
  Slopes scene{sum_of(a_down, b_down), (sum_of(a_down, b_across) + sum_of(a_across, b_down)) / 2,
               sum_of(a_across, b_across)};
  // Far from each other the two agree in nothing: a part of what is seen then shows the way. Where contours have one
  // direction only, nothing moves along them.
  const double least = kLeastSlopes * (seen.dd + seen.aa);
  scene.dd = std::max(scene.dd, kLeastPart * seen.dd) + least;
  scene.aa = std::max(scene.aa, kLeastPart * seen.aa) + least;
  const double most = std::sqrt((scene.dd - least) * (scene.aa - least));
  scene.da = std::clamp(scene.da, -most, most);
  const double determinant = scene.determinant();
  if (determinant <= 0) return {0, 0, kUnknown, kUnknown};
  const double rest_down = sum_of(rest, down), rest_across = sum_of(rest, across);
  FrameShift step{(scene.aa * rest_down - scene.da * rest_across) / determinant,
                  (scene.dd * rest_across - scene.da * rest_down) / determinant};
  const double shortened = std::min(1.0, kLongestStep / std::max(step.length(), 1e-9));
  const double variance = kSmoothed * sum_of(rest, rest) / static_cast<double>(rest.numel());
  // The diagonal of scene^-1 seen scene^-1.
  const double down_spread = scene.aa * scene.aa * seen.dd - 2 * scene.aa * scene.da * seen.da + scene.da * scene.da * seen.aa;
  const double across_spread = scene.dd * scene.dd * seen.aa - 2 * scene.dd * scene.da * seen.da + scene.da * scene.da * seen.dd;
  const auto error = [&](double spread) { return kDeviations * std::sqrt(variance * std::max(spread, 0.0)) / determinant; };
  return {step.down * shortened, step.across * shortened, error(down_spread), error(across_spread)};
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
    if (shift.length() <= shift.error()) shift = {};
    shift = {2 * shift.down, 2 * shift.across};
    for (int i = 0; i < kSteps; ++i) {
      const auto step = correction(level->first, level->second, shift);
      shift = {shift.down + step.down, shift.across + step.across, step.down_error, step.across_error};
    }
  }
  return shift;
}

}  // namespace firstframe
