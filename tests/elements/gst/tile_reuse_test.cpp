#include "elements/gst/tile_reuse.h"

#include <gtest/gtest.h>

#include "core/degradation/noise.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

constexpr Extent kFrame{300, 520};  // several tiles

std::shared_ptr<const Restorer> restorer() {
  static const auto made = [] {
    TrainSettings settings;
    settings.restorer = "linear";
    return train(scene_pair({96, 128}), settings);
  }();
  return made;
}

// The scene, moved to the right and with fresh noise.
Section frame(std::uint64_t seed, std::int64_t moved = 0, double noise = 0.02) {
  auto wide = scene({kFrame.rows, kFrame.cols + 64}, SampleType::float32);
  if (noise > 0) add_gaussian_noise(wide, noise, seed);
  return Section(wide.view().crop({0, moved, kFrame.rows, kFrame.cols}));
}

class TileReuseTest : public testing::Test {
 protected:
  Section restored(const Section& degraded) {
    Section out(degraded);
    reuse_.restore(restorer(), degraded.view(), out.span(), {}, {});
    return out;
  }
  void watch_still_scene(int frames) {
    for (int i = 0; i < frames; ++i) restored(frame(static_cast<std::uint64_t>(i + 1)));
  }

  TileReuse reuse_;
};

bool same(const Section& a, const Section& b) {
  return std::equal(a.samples<float>(), a.samples<float>() + a.extent().area(), b.samples<float>());
}

TEST_F(TileReuseTest, RestoresTheFirstFramesAsAlways) {
  const auto first = frame(1);
  EXPECT_TRUE(same(restored(first), restore(*restorer(), first.view())));
  EXPECT_EQ(reuse_.restored_tiles(), reuse_.tiles());
}

TEST_F(TileReuseTest, KeepsTilesOfAStillSceneThoughItsNoiseIsNew) {
  watch_still_scene(3);
  std::size_t restored_tiles = 0;
  for (int i = 0; i < 12; ++i) {
    restored(frame(static_cast<std::uint64_t>(100 + i)));
    restored_tiles += reuse_.restored_tiles();
  }
  EXPECT_LE(restored_tiles, reuse_.tiles() * 3 / 2) << "each is due once in twelve frames";
  EXPECT_GE(restored_tiles, reuse_.tiles()) << "none gets old";
}

TEST_F(TileReuseTest, RestoresAllOfAMovingScene) {
  watch_still_scene(3);
  for (int i = 1; i < 4; ++i) {
    const auto now = frame(static_cast<std::uint64_t>(50 + i), 2 * i);
    EXPECT_TRUE(same(restored(now), restore(*restorer(), now.view())));
  }
}

TEST_F(TileReuseTest, SeesASmallThingThatAppears) {
  watch_still_scene(4);
  auto now = frame(77);
  for (std::int64_t r = 100; r < 110; ++r)
    for (std::int64_t c = 100; c < 110; ++c) now.samples<float>()[r * kFrame.cols + c] += 0.15f;
  const auto out = restored(now), whole = restore(*restorer(), now.view());
  for (std::int64_t r = 100; r < 110; ++r)
    for (std::int64_t c = 100; c < 110; ++c)
      ASSERT_EQ(out.samples<float>()[r * kFrame.cols + c], whole.samples<float>()[r * kFrame.cols + c]);
}

TEST_F(TileReuseTest, RestoresAllAfterACut) {
  watch_still_scene(4);
  auto now = frame(5);
  for (std::int64_t i = 0; i < kFrame.area(); ++i) now.samples<float>()[i] = 1 - now.samples<float>()[i];
  EXPECT_TRUE(same(restored(now), restore(*restorer(), now.view())));
}

TEST_F(TileReuseTest, BeginsAgainWithAFrameOfAnotherSize) {
  watch_still_scene(3);
  const auto small = scene({64, 96}, SampleType::float32);
  EXPECT_TRUE(same(restored(small), restore(*restorer(), small.view())));
}

}  // namespace
}  // namespace firstframe
