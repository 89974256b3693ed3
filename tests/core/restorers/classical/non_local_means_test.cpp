#include "core/restorers/classical/non_local_means.h"

#include "tests/core/restorers/classical/blurred.h"

namespace firstframe {
namespace {

// The definition, pixel by pixel.
double slow(const std::vector<float>& noisy, std::int64_t cols, std::int64_t r, std::int64_t c, double sigma,
            double h) {
  const auto at = [&](std::int64_t row, std::int64_t col) {
    return static_cast<double>(noisy[row * cols + col]);
  };
  double sum = 0, weights = 0;
  for (auto y = -kNlmSearchReach; y <= kNlmSearchReach; ++y)
    for (auto x = -kNlmSearchReach; x <= kNlmSearchReach; ++x) {
      double squares = 0;
      for (auto v = -kNlmPatchReach; v <= kNlmPatchReach; ++v)
        for (auto u = -kNlmPatchReach; u <= kNlmPatchReach; ++u)
          squares += std::pow(at(r + v, c + u) - at(r + y + v, c + x + u), 2);
      const double patch = std::pow(2 * kNlmPatchReach + 1, 2);
      const double weight = std::exp(-std::max(squares / patch - 2 * sigma * sigma, 0.0) / (h * h));
      sum += weight * at(r + y, c + x);
      weights += weight;
    }
  return sum / weights;
}

TEST(NonLocalMeans, IsItsDefinitionAtEveryPixel) {
  const Extent extent{6, 9};
  const auto cols = extent.cols + 2 * kNlmHalo;
  const auto noisy = values_of(scene_pair({extent.rows + 2 * kNlmHalo, cols}, SampleType::float32).degraded);
  std::vector<float> denoised(static_cast<std::size_t>(extent.area()));
  for (const float h : {0.01f, 0.1f}) {
    non_local_means(noisy.data(), extent, /*sigma=*/0.02f, h, denoised.data());
    for (std::int64_t r = 0; r < extent.rows; ++r)
      for (std::int64_t c = 0; c < extent.cols; ++c)
        ASSERT_NEAR(denoised[r * extent.cols + c], slow(noisy, cols, r + kNlmHalo, c + kNlmHalo, 0.02, h),
                    1e-5);
  }
}

TEST(NonLocalMeans, WinsOnANoisyScene) {
  Blurred scene;
  scene.degraded = degrade(scene.clean.view(), {.noise_sigma = 15});
  auto settings = working("nlm");
  settings.noise_sigma = 15;
  EXPECT_GT(scene.gain(settings), 6);
}

// Tiles of the same section must agree where they meet, so a pixel's place may not matter even to rounding.
TEST(NonLocalMeans, DoesNotCareWhereAPixelLies) {
  const auto noisy = values_of(scramble(SampleType::float32, 1, {60, 60}));
  const Extent large{36, 36}, small{20, 17};
  std::vector<float> whole(36 * 36), part(20 * 17), cut;
  non_local_means(noisy.data(), large, 0.1f, 0.2f, whole.data());
  for (std::int64_t r = 0; r < small.rows + 2 * kNlmHalo; ++r)
    for (std::int64_t c = 0; c < small.cols + 2 * kNlmHalo; ++c) cut.push_back(noisy[(r + 7) * 60 + c + 11]);
  non_local_means(cut.data(), small, 0.1f, 0.2f, part.data());
  for (std::int64_t r = 0; r < small.rows; ++r)
    for (std::int64_t c = 0; c < small.cols; ++c)
      ASSERT_EQ(part[r * small.cols + c], whole[(r + 7) * 36 + c + 11]) << r << ", " << c;
}

}  // namespace
}  // namespace firstframe
