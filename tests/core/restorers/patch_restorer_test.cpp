#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/restorers/restorer.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/splits.h"
#include "tests/core/support/three_workers.h"
#include "tests/core/support/trained.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

constexpr Extent kFourTiles{99, 131};

std::shared_ptr<const Restorer> small_rnn(std::int64_t channels = 1) {
  auto settings = few_steps("rnn");
  settings.patch = 7;
  return train(many_channel_pair(channels, {40, 56}), settings);
}

RestoreSettings with(std::int64_t stride, int threads = 0, Window window = Window::gaussian) {
  RestoreSettings settings;
  settings.stride = stride;
  settings.threads = threads;
  settings.window = window;
  return settings;
}

TEST(PatchRestorer, GivesTheSameBytesForAnyNumberOfThreads) {
  const auto rnn = small_rnn();
  const auto degraded = scramble(SampleType::uint16, 1, kFourTiles);
  for (const std::int64_t stride : {2, 3, 7}) {
    const auto with_one = restore(*rnn, degraded.view(), with(stride, 1));
    for (const int threads : {2, 3})
      EXPECT_TRUE(same_bytes(restore(*rnn, degraded.view(), with(stride, threads)), with_one)) << stride;
  }
}

TEST(PatchRestorer, GivesTheSameBytesForAnySplitIntoRequests) {
  const auto rnn = small_rnn();
  const auto degraded = scramble(SampleType::uint16, 1, kFourTiles);
  for (const std::int64_t stride : {2, 5}) {
    const auto at_once = restore(*rnn, degraded.view(), with(stride));
    EXPECT_TRUE(
        same_bytes(restored_in_parts(*rnn, degraded, uneven_quarters(kFourTiles), with(stride, 2)), at_once));
    EXPECT_TRUE(
        same_bytes(restored_in_parts(*rnn, degraded, stripes(kFourTiles, 40), with(stride)), at_once));
  }
}

TEST(PatchRestorer, ServesSectionsSmallerThanAPatch) {
  const auto rnn = small_rnn();
  for (const Extent extent : {Extent{1, 1}, {1, 40}, {40, 1}, {6, 5}, {7, 7}, {8, 13}})
    for (const std::int64_t stride : {1, 3, 7}) {
      const auto degraded = scramble(SampleType::uint8, 1, extent);
      EXPECT_TRUE(same_bytes(restore(*rnn, degraded.view(), with(stride, 2)),
                             restore(*rnn, degraded.view(), with(stride))))
          << name_of(extent) << ", stride " << stride;
    }
}

// With one patch a pixel and no overlap, the picture falls apart into patches that know nothing of each other.
TEST(PatchRestorer, RestoresEachPatchByItselfWhenTheStrideIsThePatch) {
  const auto rnn = small_rnn();
  const auto degraded = scramble(SampleType::float32, 1, {14, 21});
  const auto restored = restore(*rnn, degraded.view(), with(7));
  for (std::int64_t row = 0; row < 14; row += 7)
    for (std::int64_t col = 0; col < 21; col += 7) {
      const Region patch{row, col, 7, 7};
      const Section alone(degraded.view().crop(patch));
      EXPECT_LT(
          largest_difference(restore(*rnn, alone.view(), with(7)), Section(restored.view().crop(patch))),
          1e-3);
    }
}

TEST(PatchRestorer, TakesHalfOfThePatchRoundedUpAsItsStride) {
  const auto rnn = small_rnn(3);
  const auto degraded = scramble(SampleType::uint8, 3, {20, 30});
  EXPECT_TRUE(same_bytes(restore(*rnn, degraded.view(), with(0)), restore(*rnn, degraded.view(), with(4))));
}

TEST(PatchRestorer, WeighsItsPatchesByTheWindow) {
  const auto rnn = small_rnn();
  const auto degraded = scramble(SampleType::uint16, 1, {20, 30});
  const auto gaussian = restore(*rnn, degraded.view(), with(2));
  EXPECT_FALSE(same_bytes(restore(*rnn, degraded.view(), with(2, 0, Window::constant)), gaussian));
  EXPECT_FALSE(same_bytes(restore(*rnn, degraded.view(), with(2, 0, Window::hann)), gaussian));
}

TEST(PatchRestorer, RefusesAStrideThatWouldLeavePixelsUncovered) {
  const auto rnn = small_rnn();
  const auto degraded = scramble(SampleType::uint8, 1, {20, 30});
  EXPECT_EQ(message_of<ArgumentError>([&] { restore(*rnn, degraded.view(), with(8)); }),
            "stride: 8 would leave pixels uncovered; this model's patches are 7 x 7, use 1..7");
}

}  // namespace
}  // namespace firstframe
