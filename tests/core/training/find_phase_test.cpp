#include "core/training/find_phase.h"

#include <gtest/gtest.h>

#include "tests/support/scenes.h"

namespace firstframe {
namespace {

TrainingPair decimated(Extent extent, std::int64_t scale, std::int64_t phase, double blur, double noise) {
  TrainingPair pair;
  pair.clean = scene(extent, SampleType::float32);
  Degradation degradation;
  degradation.blur_sigma = blur;
  degradation.blur_size = 11;
  degradation.downscale = scale;
  degradation.phase = phase;
  degradation.noise_sigma = noise;
  pair.degraded = degrade(pair.clean.view(), degradation);
  return pair;
}

// The mean of scale x scale pixels.
TrainingPair averaged(Extent small, std::int64_t scale) {
  TrainingPair pair{Section(SampleType::float32, 1, small),
                    scene({small.rows * scale, small.cols * scale}, SampleType::float32)};
  for (std::int64_t r = 0; r < small.rows; ++r)
    for (std::int64_t c = 0; c < small.cols; ++c) {
      float sum = 0;
      for (std::int64_t y = 0; y < scale; ++y)
        for (std::int64_t x = 0; x < scale; ++x)
          sum += pair.clean.samples<float>()[(r * scale + y) * small.cols * scale + c * scale + x];
      pair.degraded.samples<float>()[r * small.cols + c] = sum / static_cast<float>(scale * scale);
    }
  return pair;
}

TEST(FindPhase, FindsWhereDecimationBegan) {
  for (const std::int64_t scale : {2, 3, 4})
    for (std::int64_t phase = 0; phase < scale; ++phase)
      for (const double blur : {0.0, 1.6})
        for (const double noise : {0.0, 10.0}) {
          const auto found = find_phase(decimated({96, 120}, scale, phase, blur, noise), scale);
          const auto at = static_cast<double>(phase);
          EXPECT_EQ(found, (Upscale{scale, at, at}))
              << scale << " from " << phase << ", blur " << blur << ", noise " << noise;
        }
}

TEST(FindPhase, FindsRowsAndColumnsEachByItself) {
  auto pair = decimated({96, 120}, 3, 0, 1.6, 3);
  // Without its first two columns the clean section begins one column before a degraded pixel.
  pair.clean = Section(pair.clean.view().crop({0, 2, 96, 117}));
  pair.degraded = Section(pair.degraded.view().crop({0, 1, 32, 39}));
  EXPECT_EQ(find_phase(pair, 3), (Upscale{3, 0, 1}));
}

TEST(FindPhase, FindsTheCentreOfAveragedPixels) {
  for (const std::int64_t scale : {2, 3, 4})
    EXPECT_EQ(find_phase(averaged({32, 40}, scale), scale), centred_upscale(scale)) << scale;
}

TEST(FindPhase, KnowsAPictureWhoseGainAndOffsetChanged) {
  auto pair = decimated({96, 120}, 3, 2, 1.0, 0);
  for (std::int64_t i = 0; i < pair.degraded.extent().area(); ++i)
    pair.degraded.samples<float>()[i] = 0.8f - 0.5f * pair.degraded.samples<float>()[i];
  EXPECT_EQ(find_phase(pair, 3), (Upscale{3, 2, 2}));
}

TEST(FindPhase, WorksOnSizesThatTheScaleDoesNotDivide) {
  for (const std::int64_t phase : {0, 1, 2}) {
    const auto at = static_cast<double>(phase);
    EXPECT_EQ(find_phase(decimated({97, 131}, 3, phase, 1.6, 2), 3), (Upscale{3, at, at}));
  }
}

TEST(FindPhase, LooksAtTheMiddleOfALargePair) {
  EXPECT_EQ(find_phase(decimated({601, 1203}, 2, 1, 1.0, 2), 2), (Upscale{2, 1, 1}));
}

}  // namespace
}  // namespace firstframe
