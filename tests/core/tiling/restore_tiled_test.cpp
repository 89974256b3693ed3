#include "core/tiling/restore_tiled.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "tests/core/support/box_restorer.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/splits.h"
#include "tests/core/support/three_workers.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

RestoreSettings with_threads(int threads) {
  RestoreSettings settings;
  settings.threads = threads;
  return settings;
}

// The mean of the square around each pixel, without tiles: the obvious loop.
Section box_mean(const Section& degraded, std::int64_t reach, Border border) {
  const auto [rows, cols] = degraded.extent();
  const auto values = values_of(degraded);
  Section restored(degraded.type(), degraded.channels(), degraded.extent());
  restored.set_range(degraded.range());
  std::vector<float> means;
  for (std::int64_t channel = 0; channel < degraded.channels(); ++channel)
    for (std::int64_t r = 0; r < rows; ++r)
      for (std::int64_t c = 0; c < cols; ++c) {
        float sum = 0;
        for (auto y = r - reach; y <= r + reach; ++y)
          for (auto x = c - reach; x <= c + reach; ++x)
            sum += values[(channel * rows + border_index(y, rows, border)) * cols +
                          border_index(x, cols, border)];
        means.push_back(sum / static_cast<float>((2 * reach + 1) * (2 * reach + 1)));
      }
  store_normalised(means.data(), rows * cols, cols, restored.span());
  return restored;
}

TEST(RestoreTiled, IsWhatTheObviousLoopGives) {
  for (const auto type : {SampleType::uint8, SampleType::uint16, SampleType::float32})
    for (const auto border : {Border::reflect, Border::circular, Border::replicate}) {
      const auto degraded = scramble(type, 2, {37, 53});
      const BoxRestorer box(/*reach=*/3, /*side=*/16, /*multiple=*/1, /*channels=*/2, border);
      EXPECT_TRUE(same_bytes(restore(box, degraded.view()), box_mean(degraded, 3, border)))
          << name_of(type) << " " << name_of(border);
    }
}

TEST(RestoreTiled, ServesSectionsOfAnySize) {
  for (const Extent extent : {Extent{1, 1}, {1, 50}, {50, 1}, {2, 3}, {15, 17}, {16, 16}, {17, 33}}) {
    const auto degraded = scramble(SampleType::uint8, 1, extent);
    for (const std::int64_t multiple : {1, 4}) {
      const BoxRestorer box(/*reach=*/4, /*side=*/16, multiple);
      EXPECT_TRUE(same_bytes(restore(box, degraded.view()), box_mean(degraded, 4, Border::reflect)))
          << name_of(extent) << ", multiple " << multiple;
    }
  }
}

TEST(RestoreTiled, GivesTheSameBytesForAnyNumberOfThreads) {
  const auto degraded = scramble(SampleType::uint16, 1, {61, 83});
  const BoxRestorer box(/*reach=*/2, /*side=*/16, /*multiple=*/3);
  const auto with_one = restore(box, degraded.view(), with_threads(1));
  for (const int threads : {2, 3})
    EXPECT_TRUE(same_bytes(restore(box, degraded.view(), with_threads(threads)), with_one)) << threads;
}

TEST(RestoreTiled, GivesTheSameBytesForAnySplitIntoRequests) {
  const auto degraded = scramble(SampleType::uint16, 1, {61, 83});
  const BoxRestorer box(/*reach=*/2, /*side=*/16, /*multiple=*/3);
  const auto at_once = restore(box, degraded.view());
  EXPECT_TRUE(same_bytes(restored_in_parts(box, degraded, uneven_quarters({61, 83}), {}), at_once));
  EXPECT_TRUE(same_bytes(restored_in_parts(box, degraded, stripes({61, 83}, 1), {}), at_once));
  EXPECT_TRUE(same_bytes(restored_in_parts(box, degraded, stripes({61, 83}, 20), with_threads(2)), at_once));
}

TEST(RestoreTiled, PassesA16BitSectionThroughBitForBitWhenNothingIsChanged) {
  auto degraded = ramp(SampleType::uint16, 1, {256, 256});
  EXPECT_TRUE(same_bytes(restore(BoxRestorer(0, 64), degraded.view()), degraded));
  degraded.set_range({100, 4095});
  EXPECT_TRUE(same_bytes(restore(BoxRestorer(0, 64), degraded.view()), degraded));
}

TEST(RestoreTiled, KeepsAConstantSectionConstant) {
  Section degraded(SampleType::uint8, 1, {20, 20});
  for (int i = 0; i < 400; ++i) degraded.samples<std::uint8_t>()[i] = 77;
  EXPECT_TRUE(same_bytes(restore(BoxRestorer(2, 16), degraded.view()), degraded));
}

TEST(RestoreTiled, WritesIntoAPaddedInterleavedPictureAndNowhereElse) {
  const auto degraded = scramble(SampleType::uint8, 3, {5, 7});
  std::vector<std::uint8_t> picture(5 * 24, 99);  // rows of 21 bytes, padded to 24
  const SectionSpan target{reinterpret_cast<std::byte*>(picture.data()),
                           interleaved_layout(SampleType::uint8, 3, {5, 7}, /*row_stride=*/24)};
  const BoxRestorer box(/*reach=*/1, /*side=*/4, /*multiple=*/1, /*channels=*/3);
  restore_tiled(box, degraded.view(), whole(degraded), target, {});
  EXPECT_TRUE(same_bytes(Section(SectionView(target)), restore(box, degraded.view())));
  for (int row = 0; row < 5; ++row)
    for (int at = 21; at < 24; ++at) EXPECT_EQ(picture[row * 24 + at], 99);
}

TEST(RestoreTiled, RefusesAnotherNumberOfChannels) {
  const auto degraded = ramp(SampleType::uint8, 3, {8, 8});
  EXPECT_EQ(message_of<FormatError>([&] { restore(BoxRestorer(1, 16), degraded.view()); }),
            "restore: the model was trained on 1-channel frames, this one has 3; convert it or retrain");
}

TEST(RestoreTiled, RefusesRoomOfAnotherSize) {
  const auto degraded = ramp(SampleType::uint8, 1, {8, 8});
  Section room(SampleType::uint8, 1, {4, 8});
  EXPECT_EQ(message_of<ArgumentError>([&] {
              restore_tiled(BoxRestorer(1, 16), degraded.view(), {0, 0, 5, 8}, room.span(), {});
            }),
            "restore: room for 1 channels of 4 x 8, needed: 1 of 5 x 8");
}

TEST(RestoreTiled, RefusesARequestThatLeavesTheSection) {
  const auto degraded = ramp(SampleType::uint8, 1, {8, 8});
  Section room(SampleType::uint8, 1, {4, 8});
  EXPECT_EQ(message_of<ArgumentError>([&] {
              restore_tiled(BoxRestorer(1, 16), degraded.view(), {6, 0, 4, 8}, room.span(), {});
            }),
            "tile plan: a request of 4 x 8 at row 6, column 0 leaves the 8 x 8 section");
}

TEST(RestoreTiled, NamesThePlaceOfANonFiniteValue) {
  auto degraded = ramp(SampleType::float32, 1, {8, 8});
  degraded.samples<float>()[3 * 8 + 4] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(message_of<FormatError>([&] { restore(BoxRestorer(1, 16), degraded.view()); }),
            "section: the value at channel 0, row 3, column 4 is NaN or infinite; replace such values before "
            "restoring or training");
}

// Turns black into white, whatever they are: so it shows what was taken for them.
class Inverter final : public Restorer {
 public:
  explicit Inverter(std::optional<TrainedRange> trained) { info_.trained_range = trained; }
  const ModelInfo& info() const override { return info_; }
  Model model() const override { return {info_, {}}; }
  TileNeeds tile_needs(const RestoreSettings&) const override { return {0, 1, 16}; }
  void restore_tile(const TileShape&, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings&) const override {
    for (std::size_t i = 0; i < restored.size(); ++i) restored[i] = 1 - degraded[i];
  }

 private:
  ModelInfo info_;
};

TEST(RestoreTiled, TakesASectionInTheRangeTheModelWasTrainedIn) {
  const Inverter of_12_bits(TrainedRange{SampleType::uint16, {0, 4095}});
  Section degraded(SampleType::uint16, 1, {1, 2});
  degraded.samples<std::uint16_t>()[0] = 95;
  const auto first = [](const Section& section) { return section.samples<std::uint16_t>()[0]; };
  EXPECT_EQ(first(restore(of_12_bits, degraded.view())), 4000);
  EXPECT_EQ(first(restore(Inverter({}), degraded.view())), 65440);

  degraded.set_range({0, 1000});
  EXPECT_EQ(first(restore(of_12_bits, degraded.view())), 905) << "a range of the section's own";

  Section bytes(SampleType::uint8, 1, {1, 1});
  bytes.samples<std::uint8_t>()[0] = 55;
  EXPECT_EQ(restore(of_12_bits, bytes.view()).samples<std::uint8_t>()[0], 200) << "another type";
}

TEST(RestoreTiled, WritesWhatWasRestoredInTheTrainedRangeAtTheOutputsOwnScale) {
  Section degraded(SampleType::uint16, 1, {1, 1});
  degraded.samples<std::uint16_t>()[0] = 1000;
  Section restored(SampleType::float32, 1, {1, 1});
  restored.set_range({0, 1});
  restore_tiled(Inverter(TrainedRange{SampleType::uint16, {0, 4095}}), degraded.view(), {0, 0, 1, 1}, restored.span(), {});
  EXPECT_FLOAT_EQ(restored.samples<float>()[0], 3095.0F / 65535.0F);
}

TEST(RestoreTiled, StopsWhenAsked) {
  const auto degraded = ramp(SampleType::uint8, 1, {8, 8});
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(
      message_of<Cancelled>([&] { restore(BoxRestorer(1, 16), degraded.view(), {}, source.get_token()); }),
      "restore: stopped");
}

}  // namespace
}  // namespace firstframe
