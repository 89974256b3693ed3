#include "core/restorers/pixel_restorer.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/restorers/make_restorer.h"
#include "core/restorers/weights.h"
#include "core/tiling/patch_plan.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/splits.h"
#include "tests/core/support/three_workers.h"
#include "tests/core/support/trained.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

constexpr Extent kFourTiles{51, 67};
constexpr std::int64_t kPatch = 7;

std::shared_ptr<const Restorer> pixel_rnn(RnnDirection direction = RnnDirection::down, std::int64_t channels = 1) {
  auto settings = few_steps("rnn");
  settings.patch = kPatch;
  settings.rnn.direction = direction;
  settings.rnn.output = RnnOutput::pixel;
  settings.rnn.latent = 24;
  settings.precision = Precision::f32;
  return train(many_channel_pair(channels, {40, 56}), settings);
}

RestoreSettings with(std::int64_t stride, int threads = 0) {
  RestoreSettings settings;
  settings.stride = stride;
  settings.threads = threads;
  return settings;
}

// Gives every pixel of its patch's place a fixed share, and counts how many patches it saw.
class CountingNetwork final : public Network {
 public:
  torch::Tensor forward(const torch::Tensor& degraded) override {
    patches += degraded.size(0);
    return degraded.narrow(2, 4, 1).narrow(3, 2, 1) + 1;
  }
  void initialise(torch::Generator&) override {}
  std::int64_t halo() const override { return 4; }
  std::int64_t patch() const override { return 5; }
  Region restored_part(Extent) const override { return {4, 2, 1, 1}; }
  std::int64_t patches = 0;
};

TEST(PixelRestorer, RestoresEveryPixelOnceFromThePatchAroundIt) {
  const auto network = std::make_shared<CountingNetwork>();
  const PixelRestorer restorer(network, {}, torch::kCPU, torch::kFloat32);
  const Extent tile{9, 11};
  const auto halo = restorer.tile_needs({}).halo;
  const auto input = ramp(SampleType::float32, 1, {tile.rows + 2 * halo, tile.cols + 2 * halo});
  std::vector<float> restored(static_cast<std::size_t>(tile.area()));
  restorer.restore_tile({tile, halo}, values_of(input), restored, {});
  EXPECT_EQ(network->patches, tile.area());
  for (std::int64_t row = 0; row < tile.rows; ++row)
    for (std::int64_t col = 0; col < tile.cols; ++col)
      EXPECT_EQ(restored[row * tile.cols + col],
                input.samples<float>()[(row + halo) * input.extent().cols + col + halo] + 1)
          << row << ", " << col;
}

TEST(PixelRestorer, GivesWhatTheNetworkGivesForThePatchByHand) {
  for (const auto direction : {RnnDirection::down, RnnDirection::up, RnnDirection::both})
    for (const std::int64_t channels : {1, 3}) {
      const auto restorer = pixel_rnn(direction, channels);
      const auto model = restorer->model();
      const auto network = kRnnNetwork.make(model.info.shape, channels);
      load_weights(*network, model.weights);
      const auto [row, col, rows, cols] = network->restored_part({kPatch, kPatch});
      const auto degraded = scramble(SampleType::float32, channels, {30, 30});
      const auto restored = values_of(restore(*restorer, degraded.view()));
      for (const Corner at : {Corner{0, 0}, Corner{29, 3}, Corner{12, 17}}) {
        auto patch = torch::empty({1, channels, kPatch, kPatch});
        load_normalised(degraded.view(), {at.row - row, at.col - col, kPatch, kPatch}, model.info.border,
                        patch.data_ptr<float>());
        const torch::NoGradGuard no_grad;
        const auto expected = network->forward(patch);
        for (std::int64_t channel = 0; channel < channels; ++channel)
          EXPECT_NEAR(restored[channel * 900 + at.row * 30 + at.col], expected[0][channel][0][0].item<float>(), 1e-5)
              << name_of(direction) << " " << at.row << ", " << at.col;
      }
    }
}

TEST(PixelRestorer, GivesTheSameBytesForAnyNumberOfThreadsAndAnySplit) {
  const auto restorer = pixel_rnn();
  const auto degraded = scramble(SampleType::uint16, 1, kFourTiles);
  const auto with_one = restore(*restorer, degraded.view(), with(0, 1));
  for (const int threads : {2, 3})
    EXPECT_TRUE(same_bytes(restore(*restorer, degraded.view(), with(1, threads)), with_one)) << threads;
  EXPECT_TRUE(same_bytes(restored_in_parts(*restorer, degraded, uneven_quarters(kFourTiles), with(0)), with_one));
  EXPECT_TRUE(same_bytes(restored_in_parts(*restorer, degraded, stripes(kFourTiles, 20), with(0)), with_one));
}

TEST(PixelRestorer, ServesSectionsSmallerThanAPatch) {
  const auto restorer = pixel_rnn();
  for (const Extent extent : {Extent{1, 1}, {1, 40}, {40, 1}, {6, 5}}) {
    const auto degraded = scramble(SampleType::uint8, 1, extent);
    EXPECT_EQ(restore(*restorer, degraded.view()).extent(), extent);
  }
}

TEST(PixelRestorer, IsMadeAgainFromItsModel) {
  const auto restorer = pixel_rnn(RnnDirection::both);
  const auto degraded = scramble(SampleType::uint16, 1, {20, 30});
  const auto again = make_restorer(restorer->model(), Device::cpu, Precision::f32);
  EXPECT_TRUE(same_bytes(restore(*again, degraded.view()),
                         restore(*restorer, degraded.view())));
}

TEST(PixelRestorer, RefusesAStrideThatWouldLeavePixelsOut) {
  const auto restorer = pixel_rnn();
  const auto degraded = scramble(SampleType::uint8, 1, {20, 30});
  EXPECT_EQ(message_of<ArgumentError>([&] { restore(*restorer, degraded.view(), with(2)); }),
            "stride: 2 would leave pixels out; this model restores one pixel per patch, use 1, or 0 for the same");
}

}  // namespace
}  // namespace firstframe
