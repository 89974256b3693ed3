#include "core/training/degraded_bank.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "core/base/torch_threads.h"
#include "core/training/dead_leaves.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

// Smaller copies of a frame show the same things with more detail per pixel; below about half they stop helping.
constexpr std::array kScales{1.0, 0.85, 0.7, 0.55};
constexpr std::int64_t kMostWindows = 96;  // about 100 MB
constexpr std::int64_t kDrawnScenes = 96;
constexpr std::int64_t kDrawnSide = 192;  // pixels
constexpr std::int64_t kNoiseSide = 640;  // pixels; a length that FFTs like

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

// At least `length`, with small prime factors only.
std::int64_t fft_length(std::int64_t length) {
  for (;; ++length) {
    auto rest = length;
    for (const std::int64_t prime : {2, 3, 5})
      while (rest % prime == 0) rest /= prime;
    if (rest == 1) return length;
  }
}

// Applies a kernel and then filters to pictures by correlation, as conv2d does.
class Degrader {
 public:
  Degrader(const IdentifiedDegradation& degradation, const torch::Tensor& filters)
      : kernel_(torch::tensor(at::ArrayRef<float>(degradation.kernel.taps))
                    .reshape({degradation.kernel.size, degradation.kernel.size})),
        filters_(filters),
        reach_(kernel_.size(0) / 2 + (filters.size(0) > 0 ? filters.size(2) / 2 : 0)) {}

  std::int64_t reach() const { return reach_; }
  float gain() const { return kernel_.sum().item<float>(); }

  // The picture goes on beyond its edge by reflection, so that all of it can be used.
  BankPicture operator()(const torch::Tensor& clean) const {
    const Region inside{reach_, reach_, clean.size(0), clean.size(1)};
    const auto around = torch::reflection_pad2d(clean.unsqueeze(0), {reach_, reach_, reach_, reach_})[0];
    const Lengths lengths{fft_length(around.size(0)), fft_length(around.size(1))};
    return {clean.unsqueeze(0), filtered(torch::fft::rfft2(around, lengths) * response(kernel_, lengths), lengths, inside)};
  }

  torch::Tensor noise(double sigma, std::uint64_t seed) const {
    auto generator = torch::make_generator<at::CPUGeneratorImpl>(seed);
    const Lengths lengths{kNoiseSide, kNoiseSide};
    const auto white = torch::randn(lengths, generator) * sigma;
    return filtered(torch::fft::rfft2(white), lengths, {0, 0, kNoiseSide, kNoiseSide});
  }

 private:
  using Lengths = std::vector<std::int64_t>;

  static torch::Tensor response(const torch::Tensor& taps, const Lengths& lengths) {
    const auto reach = taps.size(0) / 2;
    auto padded = torch::zeros(lengths);
    padded.narrow(0, 0, taps.size(0)).narrow(1, 0, taps.size(1)).copy_(taps);
    return torch::fft::rfft2(padded.roll({-reach, -reach}, {0, 1})).conj();
  }

  // The picture of a spectrum, and what each filter changes of it: [1 + filters, rows, cols].
  torch::Tensor filtered(const torch::Tensor& spectrum, const Lengths& lengths, const Region& inside) const {
    const auto picture_of = [&](const torch::Tensor& any) {
      return torch::fft::irfft2(any, lengths).narrow(0, inside.row, inside.rows).narrow(1, inside.col, inside.cols);
    };
    std::vector<torch::Tensor> seen{picture_of(spectrum)};
    for (std::int64_t i = 0; i < filters_.size(0); ++i)
      seen.push_back(picture_of(spectrum * response(filters_[i][0], lengths)) - seen.front());
    return torch::stack(seen);
  }

  torch::Tensor kernel_;
  torch::Tensor filters_;
  std::int64_t reach_;
};

// The frame itself at every scale and turn, or as many windows of a large one.
std::vector<torch::Tensor> views_of(const torch::Tensor& frame, std::int64_t least_side, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::int64_t count) { return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(count)); };
  const bool is_small = std::max(frame.size(0), frame.size(1)) <= 2 * kBankWindow && frame.numel() <= 2 * kBankWindow * kBankWindow;
  std::vector<torch::Tensor> views;
  const std::int64_t rounds = is_small ? 8 : kMostWindows / static_cast<std::int64_t>(kScales.size());
  for (const double scale : kScales) {
    const auto smaller = scaled(frame, scale);
    if (std::min(smaller.size(0), smaller.size(1)) < least_side) break;
    for (std::int64_t way = 0; way < rounds; ++way) {
      const auto rows = is_small ? smaller.size(0) : std::min(kBankWindow, smaller.size(0));
      const auto cols = is_small ? smaller.size(1) : std::min(kBankWindow, smaller.size(1));
      const auto window = smaller.narrow(0, below(smaller.size(0) - rows + 1), rows).narrow(1, below(smaller.size(1) - cols + 1), cols);
      views.push_back(turned(window, way % 8).contiguous());
    }
  }
  return views;
}

}  // namespace

bool fits_bank(const Region& part, const IdentifiedDegradation& degradation, const torch::Tensor& filters,
               std::int64_t least_side) {
  const Degrader degrader(degradation, filters);
  return std::min(part.rows, part.cols) >= std::max(least_side, degrader.reach() + 1);
}

DegradedBank make_degraded_bank(const TrainingPair& pair, const Region& part, const IdentifiedDegradation& degradation,
                                const torch::Tensor& filters, std::int64_t least_side, bool is_drawing,
                                std::uint64_t seed) {
  torch::NoGradGuard no_grad;
  const Degrader degraded(degradation, filters);
  const auto frame = normalised_tensor(pair.clean, part, Border::reflect)[0];
  const auto views = views_of(frame, std::max(least_side, degraded.reach() + 1), seed);
  const std::span<const float> tones(frame.data_ptr<float>(), static_cast<std::size_t>(frame.numel()));

  DegradedBank bank;
  bank.given.resize(views.size());
  bank.drawn.resize(is_drawing ? kDrawnScenes : 0);
  tbb::parallel_for(std::size_t{0}, bank.given.size() + bank.drawn.size(), [&](std::size_t i) {
    const torch::NoGradGuard no_grad_here;
    const TorchThreads one(1);
    if (i < bank.given.size()) {
      bank.given[i] = degraded(views[i]);
      return;
    }
    const auto which = i - bank.given.size();
    Section scene = dead_leaves(kDrawnSide, tones, seed + which);
    const auto values = torch::from_blob(scene.samples<float>(), {kDrawnSide, kDrawnSide}).clone();
    bank.drawn[which] = degraded(values);
  });
  bank.noise = degraded.noise(degradation.noise.sigma, seed);
  bank.gain = degraded.gain();
  bank.offset = static_cast<float>(degradation.offset);
  return bank;
}

}  // namespace firstframe
