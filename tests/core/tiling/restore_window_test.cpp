#include "core/tiling/restore_window.h"

#include <gtest/gtest.h>

#include <atomic>

#include "core/base/error.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/box_restorer.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/splits.h"
#include "tests/core/support/three_workers.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// The box restorer as a model of super-resolution, which restore() upsamples for.
class EnlargingBox final : public Restorer {
 public:
  EnlargingBox(std::int64_t scale, Border border) : box_(3, 16, 2, 1, border), info_(box_.info()) {
    info_.scale = scale;
    info_.row_phase = 0.5;
    info_.col_phase = 1;
  }
  const ModelInfo& info() const override { return info_; }
  Model model() const override { return {info_, {}}; }
  TileNeeds tile_needs(const RestoreSettings& settings) const override { return box_.tile_needs(settings); }
  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings& settings) const override {
    box_.restore_tile(tile, degraded, restored, settings);
  }

 private:
  BoxRestorer box_;
  ModelInfo info_;
};

// Every part from a copy of no more than it needs, so that a read beyond it is one beyond the memory.
Section from_windows(const Restorer& restorer, const Section& degraded, Extent whole, const std::vector<Region>& parts,
                     const RestoreSettings& settings = {}) {
  Section restored(degraded.type(), degraded.channels(), whole);
  restored.set_range(degraded.range());
  for (const auto& part : parts) {
    const auto place = degraded_region(restorer, degraded.extent(), part, settings);
    const Section pixels(degraded.view().crop(place));
    restore_window(restorer, {pixels.view(), place.row, place.col, degraded.extent()}, part, restored.span().crop(part),
                   settings);
  }
  return restored;
}

constexpr Border kBorders[] = {Border::reflect, Border::circular, Border::replicate};

TEST(RestoreWindow, GivesTheBytesOfTheWholeSection) {
  for (const auto border : kBorders) {
    const auto degraded = scramble(SampleType::uint16, 2, {61, 83});
    const BoxRestorer box(/*reach=*/4, /*side=*/16, /*multiple=*/3, /*channels=*/2, border);
    const auto at_once = restore(box, degraded.view());
    for (const auto& parts : {uneven_quarters({61, 83}), stripes({61, 83}, 1), stripes({61, 83}, 20), stripes({61, 83}, 61)})
      EXPECT_TRUE(same_bytes(from_windows(box, degraded, {61, 83}, parts), at_once)) << name_of(border);
  }
}

TEST(RestoreWindow, GivesTheBytesOfTheWholeSectionInSuperResolution) {
  for (const auto border : kBorders)
    for (const std::int64_t scale : {2, 3}) {
      const auto degraded = scramble(SampleType::uint8, 1, {29, 37});
      const EnlargingBox box(scale, border);
      const Extent whole{29 * scale, 37 * scale};
      const auto at_once = restore(box, degraded.view());
      for (const auto& parts : {uneven_quarters(whole), stripes(whole, 7), stripes(whole, whole.rows)})
        EXPECT_TRUE(same_bytes(from_windows(box, degraded, whole, parts), at_once)) << name_of(border) << " x" << scale;
    }
}

TEST(RestoreWindow, ServesSectionsSmallerThanTheHalo) {
  for (const Extent extent : {Extent{1, 1}, {1, 9}, {9, 1}, {3, 2}})
    for (const auto border : kBorders) {
      const auto degraded = scramble(SampleType::float32, 1, extent);
      const BoxRestorer box(/*reach=*/4, /*side=*/4, /*multiple=*/1, /*channels=*/1, border);
      EXPECT_TRUE(same_bytes(from_windows(box, degraded, extent, stripes(extent, 1)), restore(box, degraded.view())))
          << name_of(extent) << " " << name_of(border);
    }
}

TEST(RestoreWindow, GivesTheSameBytesForAnyNumberOfThreads) {
  const auto degraded = scramble(SampleType::uint16, 1, {61, 83});
  const BoxRestorer box(/*reach=*/2, /*side=*/16);
  for (const int threads : {1, 2, 3}) {
    RestoreSettings settings;
    settings.threads = threads;
    EXPECT_TRUE(same_bytes(from_windows(box, degraded, {61, 83}, stripes({61, 83}, 9), settings), restore(box, degraded.view())));
  }
}

TEST(DegradedRegion, IsTheTilesWithTheirHalosCutAtTheEdge) {
  const BoxRestorer box(/*reach=*/2, /*side=*/16);  // 64 x 48: tiles of 16 x 16
  EXPECT_EQ(degraded_region(box, {64, 48}, {20, 20, 1, 1}, {}), (Region{14, 14, 20, 20}));
  EXPECT_EQ(degraded_region(box, {64, 48}, {0, 17, 17, 1}, {}), (Region{0, 14, 34, 20}));
  EXPECT_EQ(degraded_region(box, {64, 48}, {0, 0, 64, 48}, {}), (Region{0, 0, 64, 48}));
  const BoxRestorer circular(/*reach=*/2, /*side=*/16, 1, 1, Border::circular);
  EXPECT_EQ(degraded_region(circular, {64, 48}, {0, 20, 1, 1}, {}), (Region{0, 14, 64, 20}));
}

TEST(DegradedRegion, IsUnderTheTilesInSuperResolution) {
  const EnlargingBox box(2, Border::reflect);  // of 32 x 32: 64 x 64, tiles of 16 x 16, halo 3: columns 13 ... 34
  EXPECT_EQ(degraded_region(box, {32, 32}, {20, 20, 1, 1}, {}), (Region{5, 5, 14, 14}));
}

TEST(RestoreWindow, CountsEveryTile) {
  const auto degraded = scramble(SampleType::uint8, 1, {40, 40});
  const BoxRestorer box(/*reach=*/2, /*side=*/8);
  Section restored(SampleType::uint8, 1, {40, 16});
  std::atomic<int> tiles = 0;
  restore_window(box, whole_window(degraded.view()), {0, 3, 40, 16}, restored.span(), {}, {}, [&] { ++tiles; });
  EXPECT_EQ(tiles, 5 * 3);
}

TEST(RestoreWindow, RefusesAWindowThatLacksPixels) {
  const auto degraded = scramble(SampleType::uint8, 1, {40, 40});
  Section restored(SampleType::uint8, 1, {8, 8});
  const SectionWindow window{degraded.view().crop({0, 0, 9, 40}), 0, 0, {40, 40}};
  EXPECT_EQ(message_of<ArgumentError>(
                [&] { restore_window(BoxRestorer(2, 8), window, {0, 0, 8, 8}, restored.span(), {}); }),
            "section: 10 x 10 pixels from row 0, column 0 on are needed, 9 x 40 from row 0, column 0 on are at hand");
}

TEST(RestoreWindow, StopsWhenAsked) {
  const auto degraded = scramble(SampleType::uint8, 1, {8, 8});
  Section restored(SampleType::uint8, 1, {8, 8});
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(message_of<Cancelled>([&] {
              restore_window(BoxRestorer(1, 16), whole_window(degraded.view()), {0, 0, 8, 8}, restored.span(), {},
                             source.get_token());
            }),
            "restore: stopped");
}

}  // namespace
}  // namespace firstframe
