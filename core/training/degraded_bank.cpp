#include "core/training/degraded_bank.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

#include "core/base/error.h"
#include "core/base/torch_threads.h"
#include "core/training/dead_leaves.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

// Smaller copies of a frame show the same things with more detail per pixel; below about half they stop helping.
constexpr std::array kScales{1.0, 0.85, 0.7, 0.55};
constexpr std::int64_t kMostWindows = 96;  // about 100 MB
constexpr std::uint64_t kDrawnScenes = 96;
constexpr std::int64_t kDrawnSide = 192;  // pixels
constexpr std::int64_t kNoiseSide = 640;  // pixels, more than any patch with its margin

torch::Tensor scaled(const torch::Tensor& clean, double scale) {
  if (scale == 1) return clean;
  namespace F = torch::nn::functional;
  const std::vector<std::int64_t> size{std::lround(scale * static_cast<double>(clean.size(0))),
                                       std::lround(scale * static_cast<double>(clean.size(1)))};
  return F::interpolate(clean.unsqueeze(0).unsqueeze(0), F::InterpolateFuncOptions()
                                                             .size(size)
                                                             .mode(torch::kBicubic)
                                                             .align_corners(false)
                                                             .antialias(true))[0][0]
      .clamp(0, 1);
}

// One of the eight ways to lay a picture.
torch::Tensor turned(const torch::Tensor& picture, std::int64_t way) {
  return torch::rot90(way >= 4 ? picture.flip(1) : picture, way % 4, {0, 1});
}

// The frame itself at every scale and turn, or as many windows of a large one.
std::vector<torch::Tensor> views_of(const torch::Tensor& frame, std::int64_t least_side, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::int64_t count) { return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(count)); };
  const bool is_small = frame.numel() <= 2 * kBankWindow * kBankWindow;
  const std::int64_t rounds = is_small ? 8 : kMostWindows / static_cast<std::int64_t>(kScales.size());
  std::vector<torch::Tensor> views;
  for (const double scale : kScales) {
    const auto smaller = scaled(frame, scale);
    if (std::min(smaller.size(0), smaller.size(1)) < least_side) break;
    for (std::int64_t way = 0; way < rounds; ++way) {
      const auto window = std::max(kBankWindow, least_side);
      const auto rows = is_small ? smaller.size(0) : std::min(window, smaller.size(0));
      const auto cols = is_small ? smaller.size(1) : std::min(window, smaller.size(1));
      const auto view = smaller.narrow(0, below(smaller.size(0) - rows + 1), rows).narrow(1, below(smaller.size(1) - cols + 1), cols);
      views.push_back(turned(view, way % 8).contiguous());
    }
  }
  return views;
}

// Stretches spread evenly over 1 - jitter .. 1 + jitter, in an order that has nothing to do with that of the pictures.
double stretch_of(std::size_t picture, double jitter) {
  const double golden = 0.6180339887498949;
  return 1 + jitter * (2 * std::fmod(static_cast<double>(picture) * golden, 1.0) - 1);
}

std::optional<VarianceLaw> relative_variance(const IdentifiedNoise& noise) {
  const double mean = noise.sigma * noise.sigma;
  if (!noise.follows_brightness() || mean <= 0) return std::nullopt;
  return VarianceLaw{noise.variance.constant / mean, noise.variance.linear / mean, noise.variance.square / mean};
}

// What a picture must be larger than, so that it can be reflected as far as the widest kernel reaches.
std::int64_t widest_reach(const PictureDegrader& degrader, double blur_jitter) {
  return static_cast<std::int64_t>(std::ceil(static_cast<double>(degrader.reach()) * (1 + blur_jitter))) + 4;
}

}  // namespace

bool fits_bank(const Region& part, const IdentifiedDegradation& degradation, const SeenThrough& through,
               std::int64_t least_side, double blur_jitter) {
  const auto widest = widest_reach(PictureDegrader(degradation, through), blur_jitter);
  return std::min(part.rows, part.cols) >= std::max(least_side, widest);
}

DegradedBank make_degraded_bank(const TrainingPair& pair, const Region& part, const IdentifiedDegradation& degradation,
                                const SeenThrough& through, const BankChoices& choices, std::stop_token stop) {
  torch::NoGradGuard no_grad;
  const PictureDegrader degrader(degradation, through);
  const auto frame = normalised_tensor(pair.clean, part, Border::reflect)[0];
  const auto widest = widest_reach(degrader, choices.blur_jitter);
  const auto views = views_of(frame, std::max(choices.least_side, widest), choices.seed);
  const std::span<const float> tones(frame.data_ptr<float>(), static_cast<std::size_t>(frame.numel()));

  const auto drawn_side = std::max(kDrawnSide, std::max(choices.least_side, widest));
  DegradedBank bank;
  bank.given.resize(views.size());
  bank.drawn.resize(choices.is_drawing ? kDrawnScenes : 0);
  const auto prepare = [&](std::size_t i) {
    if (stop.stop_requested()) throw Cancelled("training: stopped");
    const torch::NoGradGuard no_grad_here;
    const TorchThreads one(1);
    const double stretch = stretch_of(i, choices.blur_jitter);
    if (i < bank.given.size()) {
      bank.given[i] = degrader.degraded(views[i], stretch);
      return;
    }
    const auto which = i - bank.given.size();
    Section scene = dead_leaves(drawn_side, tones, choices.seed * kDrawnScenes + which);
    bank.drawn[which] = degrader.degraded(torch::from_blob(scene.samples<float>(), {drawn_side, drawn_side}).clone(), stretch);
  };
  tbb::task_arena arena(choices.threads);
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, bank.given.size() + bank.drawn.size(), prepare); });
  bank.noise = degrader.noise(kNoiseSide, choices.seed);
  bank.relative_variance = relative_variance(degradation.noise);
  bank.gain = static_cast<float>(std::accumulate(degradation.kernel.taps.begin(), degradation.kernel.taps.end(), 0.0));
  bank.offset = static_cast<float>(degradation.offset);
  bank.multiple = through.multiple;
  return bank;
}

}  // namespace firstframe
