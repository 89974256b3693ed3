#include "core/training/prepare_pair.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

TEST(PreparePair, LeavesAPairOfOneSizeAlone) {
  const auto pair = scene_pair({40, 48});
  const auto prepared = prepare_pair(pair, {});
  EXPECT_FALSE(prepared.aligned);
  EXPECT_EQ(prepared.upscale, Upscale{});
  TrainSettings circular;
  circular.border = Border::circular;
  EXPECT_EQ(prepare_pair(pair, circular).border, Border::circular);
}

TEST(PreparePair, RefusesACircularBorderForSeismicSections) {
  auto pair = scene_pair({40, 48});
  pair.is_seismic = true;
  TrainSettings circular;
  circular.border = Border::circular;
  EXPECT_EQ(message_of<ArgumentError>([&] { prepare_pair(pair, circular); }),
            "border: circular was asked for, but the last trace of a seismic section is no neighbour of the first, nor the end of time one of its "
            "beginning: events of one edge would be drawn at the other; use reflect, replicate or auto");
}

TEST(PreparePair, UpsamplesTheDegradedSectionToTheCleanOnes) {
  for (const std::int64_t scale : {2, 3, 4}) {
    const auto pair = small_pair({97, 131}, scale, /*phase=*/1);
    TrainSettings settings;
    settings.scale = scale;
    const auto prepared = prepare_pair(pair, settings);
    ASSERT_TRUE(prepared.aligned);
    EXPECT_EQ(prepared.upscale, (Upscale{scale, 1, 1}));
    EXPECT_TRUE(same_bytes(prepared.aligned->clean, pair.clean));
    EXPECT_TRUE(same_bytes(prepared.aligned->degraded,
                           upsampled(pair.degraded.view(), prepared.upscale, {97, 131}, prepared.border)));
  }
}

TEST(PreparePair, UpsamplesWithTheBorderItReports) {
  const auto pair = small_pair({96, 96}, 2, 0);
  for (const auto border : {Border::reflect, Border::circular}) {
    TrainSettings settings;
    settings.border = border;
    const auto prepared = prepare_pair(pair, settings);
    EXPECT_EQ(prepared.border, border);
    EXPECT_TRUE(same_bytes(prepared.aligned->degraded,
                           upsampled(pair.degraded.view(), prepared.upscale, {96, 96}, border)));
  }
}

TEST(PreparePair, NamesTheScaleThatWasFound) {
  const auto pair = small_pair({96, 96}, 3, 0);
  EXPECT_EQ(with_scale({}, prepare_pair(pair, {})).scale, 3);
}

TEST(PreparePair, RefusesAScaleThatThePairDoesNotHave) {
  TrainSettings settings;
  settings.scale = 2;
  EXPECT_NE(message_of<ArgumentError>([&] { prepare_pair(small_pair({96, 96}, 3, 0), settings); }), "");
}

}  // namespace
}  // namespace firstframe
