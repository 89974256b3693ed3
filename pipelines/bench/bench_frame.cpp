#include "pipelines/bench/bench_frame.h"

#include <algorithm>
#include <vector>

#include "core/training/dead_leaves.h"

namespace firstframe {

BenchFrame bench_frame(Extent extent, const Degradation& degradation, std::uint64_t seed) {
  const std::vector<float> tones{0.05f, 0.2f, 0.35f, 0.5f, 0.65f, 0.8f, 0.95f};
  const auto scene = dead_leaves(std::max({extent.rows, extent.cols, std::int64_t{16}}), tones, seed);
  const auto part = scene.view().crop({0, 0, extent.rows, extent.cols});
  auto chain = degradation;
  chain.seed = seed;
  return {converted(degrade(part, chain).view(), SampleType::uint8), converted(part, SampleType::uint8)};
}

Degradation bench_blur() {
  Degradation degradation;
  degradation.blur_sigma = 1.6;
  degradation.noise_sigma = 2;
  return degradation;
}

Degradation bench_noise() {
  Degradation degradation;
  degradation.noise_sigma = 25;
  return degradation;
}

}  // namespace firstframe
