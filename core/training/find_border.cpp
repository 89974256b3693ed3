#include "core/training/find_border.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/training/fit_tiles.h"
#include "core/training/kernel_equations.h"
#include "core/training/kernel_fit.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

constexpr std::int64_t kBand = 2;      // pixels
constexpr std::int64_t kEnough = 8;    // reach of a kernel that tells the borders apart
constexpr double kBetter = 0.95;       // than reflect
constexpr double kUnseen = 1.5;        // times the error inside
constexpr double kRounding = 3.8e-6;   // (0.5 / 255)^2: less error than that says nothing

constexpr std::int64_t kPiece = 8;     // pixels of a band that count as one observation
constexpr double kSure = 4;            // standard errors that reflect must be worse by than circular
constexpr double kAgainst = 2;         // standard errors that no edge may speak against it by

// Top, bottom, left and right band of a frame, `from` pixels from its edge.
std::array<Region, 4> bands(Extent extent, std::int64_t from) {
  const auto rows = extent.rows - 2 * from, cols = extent.cols - 2 * from;
  return {{{from, from, kBand, cols},
           {extent.rows - from - kBand, from, kBand, cols},
           {from, from, rows, kBand},
           {from, extent.cols - from - kBand, rows, kBand}}};
}

class Prediction {
 public:
  Prediction(const TrainingPair& pair, const Kernel& kernel, double offset, const Downscale& downscale)
      : pair_(pair),
        downscale_(downscale),
        reach_(kernel.reach()),
        kernel_(torch::tensor(at::ArrayRef<float>(kernel.taps)).reshape({1, 1, kernel.size, kernel.size})),
        offset_(offset) {}

  double mean_squared_error(std::int64_t from, Border border) const {
    double sum = 0, count = 0;
    for (const auto& band : bands(pair_.degraded.extent(), from)) {
      const auto errors = squared_errors(band, border);
      sum += errors.sum().item<double>();
      count += static_cast<double>(errors.numel());
    }
    return sum / count;
  }

  // [C, rows, cols] of the band.
  torch::Tensor squared_errors(const Region& band, Border border) const {
    const auto [factor, row_phase, col_phase] = downscale_;
    const Region seen{band.row * factor + row_phase - reach_, band.col * factor + col_phase - reach_,
                      (band.rows - 1) * factor + 1 + 2 * reach_, (band.cols - 1) * factor + 1 + 2 * reach_};
    const auto predicted = torch::conv2d(normalised_tensor(pair_.clean, seen, border).unsqueeze(0), kernel_, {}, factor)[0] + offset_;
    return (normalised_tensor(pair_.degraded, band, border) - predicted).square();
  }

 private:
  const TrainingPair& pair_;
  Downscale downscale_;
  std::int64_t reach_;
  torch::Tensor kernel_;
  double offset_;
};

// By how many standard errors the mean of what was observed is above 0.
struct Evidence {
  double sum = 0, squares = 0, count = 0;

  void add(double observed) {
    sum += observed;
    squares += observed * observed;
    ++count;
  }
  double standard_errors() const {
    const double variance = std::max(0.0, squares / count - sum / count * (sum / count));
    return variance > 0 ? sum / count / std::sqrt(variance / count) : sum > 0 ? kSure : 0;
  }
};

// A blur that met the opposite edge did so all along, on every side. A few strong pixels that a circular border happens to predict, or
// one side alone, are no evidence.
bool is_surely_circular(const Prediction& prediction, Extent extent) {
  Evidence all;
  for (const auto& band : bands(extent, 0)) {
    const auto better = (prediction.squared_errors(band, Border::reflect) - prediction.squared_errors(band, Border::circular)).sum(0);
    const auto along = better.sum(band.rows == kBand ? 0 : 1);
    Evidence edge;
    for (std::int64_t at = 0; at < along.numel(); at += kPiece) {
      const auto piece = along.narrow(0, at, std::min(kPiece, along.numel() - at)).sum().item<double>();
      edge.add(piece);
      all.add(piece);
    }
    if (edge.standard_errors() < -kAgainst) return false;
  }
  return all.standard_errors() > kSure;
}

Section channel_mean(const Section& section) {
  const auto extent = section.extent();
  const auto mean = normalised_tensor(section, {0, 0, extent.rows, extent.cols}, Border::reflect).mean(0).contiguous();
  Section result(SampleType::float32, 1, extent);
  std::copy_n(mean.data_ptr<float>(), mean.numel(), result.samples<float>());
  return result;
}

}  // namespace

IdentifiedBorder border_met_by(const TrainingPair& pair, const Kernel& kernel, double offset, const Downscale& downscale) {
  torch::NoGradGuard no_grad;
  const Prediction prediction(pair, kernel, offset, downscale);
  const auto extent = pair.degraded.extent();
  const auto room = (std::min(extent.rows, extent.cols) - kBand) / 2;
  const double inside = std::max(prediction.mean_squared_error(std::min((kernel.reach() + downscale.factor - 1) / downscale.factor, room), Border::reflect), kRounding);

  auto best = Border::reflect;
  double least = prediction.mean_squared_error(0, best);
  const double to_beat = kBetter * least;
  for (const auto border : {Border::circular, Border::replicate}) {
    const double error = prediction.mean_squared_error(0, border);
    if (error >= std::min(least, to_beat)) continue;
    if (border == Border::circular && (pair.is_seismic || !is_surely_circular(prediction, extent))) continue;
    least = error;
    best = border;
  }
  IdentifiedBorder found;
  found.edge_error = least / inside;
  if (found.edge_error <= kUnseen) found.border = best;
  return found;
}

Border find_border(const TrainingPair& pair) {
  const bool is_grey = pair.clean.channels() == 1;
  const auto grey = is_grey ? TrainingPair{} : TrainingPair{channel_mean(pair.degraded), channel_mean(pair.clean), 0, 0, pair.is_seismic};
  const auto& seen = is_grey ? pair : grey;
  const Region whole{0, 0, seen.clean.extent().rows, seen.clean.extent().cols};
  const auto reach = std::min(kEnough, largest_reach(whole));
  const auto fit = fit_kernel(kernel_equations(seen, fit_tiles(whole, reach), reach));
  return border_met_by(seen, fit.kernel, fit.offset).border.value_or(Border::reflect);
}

}  // namespace firstframe
