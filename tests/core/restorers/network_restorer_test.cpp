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

constexpr const char* kConvolutional[] = {"linear", "residual", "unet", "dncnn"};

RestoreSettings with_threads(int threads) {
  RestoreSettings settings;
  settings.threads = threads;
  return settings;
}

// Two tiles, one above the other.
constexpr Extent kTwoTiles{259, 45};

TEST(NetworkRestorer, GivesTheSameBytesForAnyNumberOfThreads) {
  const auto degraded = scramble(SampleType::uint16, 1, kTwoTiles);
  for (const std::string kind : kConvolutional) {
    const auto restorer = trained(kind);
    const auto with_one = restore(*restorer, degraded.view(), with_threads(1));
    EXPECT_FALSE(same_bytes(with_one, degraded)) << kind;
    for (const int threads : {2, 3})
      EXPECT_TRUE(same_bytes(restore(*restorer, degraded.view(), with_threads(threads)), with_one))
          << kind << threads;
  }
}

TEST(NetworkRestorer, GivesTheSameBytesForAnySplitIntoRequests) {
  const auto degraded = scramble(SampleType::uint16, 1, kTwoTiles);
  for (const std::string kind : kConvolutional) {
    const auto restorer = trained(kind);
    const auto at_once = restore(*restorer, degraded.view());
    EXPECT_TRUE(same_bytes(restored_in_parts(*restorer, degraded, uneven_quarters(kTwoTiles), {}), at_once))
        << kind;
    EXPECT_TRUE(
        same_bytes(restored_in_parts(*restorer, degraded, stripes(kTwoTiles, 100), with_threads(3)), at_once))
        << kind;
  }
}

// One tile as large as the section, with the restorer's own halo: what tiles must not be told from.
Section in_one_piece(const Restorer& restorer, const Section& degraded) {
  const auto needs = restorer.tile_needs({});
  const auto up = [&](std::int64_t side) {
    return (side + needs.multiple - 1) / needs.multiple * needs.multiple;
  };
  const Extent tile{up(degraded.extent().rows), up(degraded.extent().cols)};
  const Region region{-needs.halo, -needs.halo, tile.rows + 2 * needs.halo, tile.cols + 2 * needs.halo};
  std::vector<float> input(static_cast<std::size_t>(region.rows * region.cols));
  std::vector<float> output(static_cast<std::size_t>(tile.area()));
  load_normalised(degraded.view(), region, restorer.info().border, input.data());
  restorer.restore_tile({tile, needs.halo}, input, output, {});
  Section restored(SampleType::float32, 1, degraded.extent());
  store_normalised(output.data(), tile.area(), tile.cols, restored.span());
  return restored;
}

TEST(NetworkRestorer, ShowsNoSeamBetweenTiles) {
  const auto degraded = scramble(SampleType::float32, 1, kTwoTiles);
  for (const std::string kind : kConvolutional) {
    const auto restorer = trained(kind);
    EXPECT_LT(largest_difference(restore(*restorer, degraded.view()), in_one_piece(*restorer, degraded)),
              1e-3)
        << kind;
  }
}

TEST(NetworkRestorer, ServesSectionsOfAnySize) {
  for (const std::string kind : kConvolutional) {
    const auto restorer = trained(kind);
    for (const Extent extent : {Extent{1, 1}, {1, 40}, {40, 1}, {7, 5}, {33, 47}}) {
      const auto degraded = scramble(SampleType::uint8, 1, extent);
      EXPECT_TRUE(same_bytes(restore(*restorer, degraded.view(), with_threads(2)),
                             restore(*restorer, degraded.view())))
          << kind << " " << name_of(extent);
    }
  }
}

TEST(NetworkRestorer, OfTheLinearKindIsItsFilterAtEveryPixel) {
  const auto restorer = trained("linear");
  const auto model = restorer->model();
  const auto& weights = model.weights[0].values;
  const auto size = model.info.shape.at("size");
  const auto degraded = scramble(SampleType::float32, 1, {23, 29});
  const auto restored = restore(*restorer, degraded.view());
  for (std::int64_t r = 0; r < 23; ++r)
    for (std::int64_t c = 0; c < 29; ++c) {
      double sum = model.weights[1].values[0];
      for (std::int64_t y = 0; y < size; ++y)
        for (std::int64_t x = 0; x < size; ++x)
          sum += weights[y * size + x] *
                 degraded.samples<float>()[border_index(r + y - size / 2, 23, model.info.border) * 29 +
                                           border_index(c + x - size / 2, 29, model.info.border)];
      ASSERT_NEAR(restored.samples<float>()[r * 29 + c], sum, 1e-4) << r << ", " << c;
    }
}

TEST(NetworkRestorer, DependsOnNothingBeyondItsReceptiveField) {
  for (const std::string kind : kConvolutional) {
    const auto restorer = trained(kind);
    const auto reach = restorer->info().receptive_field / 2;
    auto degraded = scramble(SampleType::float32, 1, {97, 97});
    const auto before = restore(*restorer, degraded.view());
    degraded.samples<float>()[48 * 97 + 48] += 100;
    const auto after = restore(*restorer, degraded.view());
    for (std::int64_t r = 0; r < 97; ++r)
      for (std::int64_t c = 0; c < 97; ++c)
        if (std::max(std::abs(r - 48), std::abs(c - 48)) > reach) {
          ASSERT_EQ(after.samples<float>()[r * 97 + c], before.samples<float>()[r * 97 + c])
              << kind << r << ", " << c;
        }
  }
}

// The ensemble sees a frame in every direction: what it makes of a turned frame is what it makes of the frame, turned.
TEST(NetworkRestorer, TreatsEveryDirectionAlikeWithTheEnsemble) {
  const auto degraded = scramble(SampleType::float32, 1, {40, 40});
  Section transposed(SampleType::float32, 1, {40, 40});
  const auto swap = [](const Section& from, Section& to) {
    for (std::int64_t r = 0; r < 40; ++r)
      for (std::int64_t c = 0; c < 40; ++c) to.samples<float>()[c * 40 + r] = from.samples<float>()[r * 40 + c];
  };
  swap(degraded, transposed);
  RestoreSettings eight;
  eight.ensemble = 8;
  for (const std::string kind : {"residual", "rnn"}) {
    const auto restorer = trained(kind);
    Section back(SampleType::float32, 1, {40, 40});
    swap(restore(*restorer, transposed.view(), eight), back);
    EXPECT_LT(largest_difference(restore(*restorer, degraded.view(), eight), back), 2e-3) << kind;
    swap(restore(*restorer, transposed.view()), back);
    EXPECT_GT(largest_difference(restore(*restorer, degraded.view()), back), 1e-2) << kind;
  }
}

// A model of layers is not shown them upright: mirrored both ways and inverted.
TEST(NetworkRestorer, TreatsMirroredAndNegativeFramesAlikeWithTheEnsembleOfLayers) {
  auto model = trained("residual")->model();
  model.info.augment = "renoise";
  const auto restorer = make_restorer(model);
  const auto degraded = scramble(SampleType::float32, 1, {40, 40});
  const auto changed = [](const Section& from) {  // upside down and negative
    Section to(SampleType::float32, 1, {40, 40});
    for (std::int64_t r = 0; r < 40; ++r)
      for (std::int64_t c = 0; c < 40; ++c) to.samples<float>()[(39 - r) * 40 + c] = 1 - from.samples<float>()[r * 40 + c];
    return to;
  };
  RestoreSettings eight;
  eight.ensemble = 8;
  const auto back = changed(restore(*restorer, changed(degraded).view(), eight));
  EXPECT_LT(largest_difference(restore(*restorer, degraded.view(), eight), back), 2e-3);
  EXPECT_GT(largest_difference(restore(*restorer, degraded.view()), changed(restore(*restorer, changed(degraded).view()))), 1e-2);
}

TEST(NetworkRestorer, RefusesAnEnsembleThatTrainingFoundToLose) {
  auto model = trained("residual")->model();
  model.info.ensemble_gain = -0.5;
  RestoreSettings eight;
  eight.ensemble = 8;
  const auto degraded = scramble(SampleType::float32, 1, {40, 40});
  const auto restorer = make_restorer(model);
  EXPECT_EQ(message_of<ArgumentError>([&] { restore(*restorer, degraded.view(), eight); }),
            "ensemble: 8 lost 0.5 dB where this model's training measured it, as it does when frames are not degraded alike in "
            "every direction; use 1");
}

}  // namespace
}  // namespace firstframe
