// Super-resolution from the pair to the restored frame.

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/colour/luma.h"
#include "core/colour/restore_picture.h"
#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "core/tiling/upsampled_input.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/trained.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// The part of a restored section that its clean one shows; sizes that the scale does not divide are rounded up.
double psnr_of(const Section& restored, const Section& clean) {
  return psnr(restored.view().crop({0, 0, clean.extent().rows, clean.extent().cols}), clean.view());
}

TEST(SuperResolution, GivesALargerSectionOfTheSameType) {
  for (const std::string kind : {"linear", "residual", "unet", "rnn"})
    for (const std::int64_t scale : {2, 3, 4}) {
      const auto pair = small_pair({60, 72}, scale, scale - 1, SampleType::uint16);
      const auto restorer = train(pair, few_steps(kind));
      EXPECT_EQ(restorer->info().scale, scale) << kind;
      EXPECT_EQ(restorer->info().row_phase, scale - 1) << kind;
      EXPECT_EQ(restorer->info().col_phase, scale - 1) << kind;
      const auto restored = restore(*restorer, pair.degraded.view());
      EXPECT_EQ(restored.extent(), (Extent{60, 72})) << kind;
      EXPECT_EQ(restored.type(), SampleType::uint16) << kind;
    }
}

TEST(SuperResolution, IsBetterThanBicubicUpsampling) {
  for (const std::int64_t scale : {2, 3, 4})
    for (const std::string kind : {"linear", "residual"}) {
      const auto pair = small_pair({97, 131}, scale);
      auto settings = few_steps(kind, 150);
      settings.patch = 24;
      const auto restorer = train(pair, settings);
      const auto bicubic = upsampled_input(restorer->info(), pair.degraded.view());
      EXPECT_GT(psnr_of(restore(*restorer, pair.degraded.view()), pair.clean),
                psnr_of(bicubic, pair.clean) + 0.5)
          << kind << " x" << scale;
      EXPECT_GT(restorer->info().held_out_psnr, restorer->info().held_out_degraded_psnr)
          << kind << " x" << scale;
    }
}

TEST(SuperResolution, SeesTheSamplingGrid) {
  for (const std::int64_t scale : {2, 3, 4})
    EXPECT_EQ(train(small_pair({60, 72}, scale), few_steps("residual"))->info().shape.at("unshuffle"), scale);
  EXPECT_EQ(trained("residual")->info().shape.at("unshuffle"), 2);
}

TEST(SuperResolution, GivesTheSameBytesForAnyNumberOfThreads) {
  const auto pair = small_pair({60, 72}, 3);
  auto settings = few_steps("residual");
  settings.threads = 1;
  const auto one = train(pair, settings);
  settings.threads = 3;
  const auto three = train(pair, settings);
  EXPECT_TRUE(same_weights(one->model(), three->model()));
  RestoreSettings with_one, with_three;
  with_one.threads = 1;
  with_three.threads = 3;
  EXPECT_TRUE(same_bytes(restore(*one, pair.degraded.view(), with_one),
                         restore(*three, pair.degraded.view(), with_three)));
}

TEST(SuperResolution, SurvivesTheModelsWeights) {
  const auto pair = small_pair({60, 72}, 3, 1);
  const auto restorer = train(pair, few_steps("residual"));
  EXPECT_TRUE(same_bytes(restore(*make_restorer(restorer->model()), pair.degraded.view()),
                         restore(*restorer, pair.degraded.view())));
}

TEST(SuperResolution, RestoresTheLumaOfColourAndUpsamplesItsChroma) {
  const auto pair = small_pair({60, 72}, 2);
  const auto restorer = train(pair, few_steps("linear"));
  Section rgb(SampleType::float32, 3, pair.degraded.extent());
  const auto grey = values_of(pair.degraded);
  const auto area = pair.degraded.extent().area();
  for (std::int64_t i = 0; i < area; ++i)
    for (std::int64_t channel = 0; channel < 3; ++channel)
      rgb.samples<float>()[channel * area + i] = 0.2f + grey[i] / 2 + 0.1f * static_cast<float>(channel);
  Section restored(SampleType::float32, 3, {60, 72});
  restore_picture(*restorer, rgb.view(), restored.span(), ChannelPolicy::luma, {});
  const auto values = values_of(restored), luma = values_of(luma_of(restored.view())),
             expected = values_of(restore(*restorer, luma_of(rgb.view()).view()));
  for (std::int64_t i = 0; i < 60 * 72; ++i) {
    ASSERT_NEAR(luma[i], expected[i], 1e-5);
    ASSERT_NEAR(values[2 * 60 * 72 + i] - values[i], 0.2, 1e-5);  // constant chroma stays constant
  }
}

TEST(SuperResolution, RefusesRoomOfAnotherSize) {
  const auto pair = small_pair({60, 72}, 2);
  const auto restorer = train(pair, few_steps("linear"));
  Section room(SampleType::uint8, 1, pair.degraded.extent());
  EXPECT_EQ(message_of<ArgumentError>([&] {
              restore_picture(*restorer, pair.degraded.view(), room.span(), ChannelPolicy::luma, {});
            }),
            "restore: room for a picture of 30 x 36, needed: 60 x 72");
}

}  // namespace
}  // namespace firstframe
