#include "core/engine/conv_engine.h"

#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "tests/core/engine/graphs.h"

namespace firstframe {
namespace {

struct Case {
  std::string name;
  ConvGraph graph;
  Extent tile;
};

// Tiles narrower than a block of pixels, as wide as several, and neither; of both kinds of sides.
std::vector<Case> cases() {
  return {{"width 1, no unshuffle", residual_graph(1, 1, 1, 0), {5, 3}},
          {"width 8", residual_graph(8, 1, 2, 0), {10, 14}},
          {"width 16, no block, 1 filter", residual_graph(16, 0, 1, 1), {7, 9}},
          {"width 17, 3 channels", residual_graph(17, 2, 2, 0, 3), {8, 6}},
          {"width 32, 2 filters", residual_graph(32, 2, 2, 2), {24, 34}},
          {"width 48, unshuffle 3, 3 filters", residual_graph(48, 1, 3, 3), {9, 33}},
          {"width 33, unshuffle 4", residual_graph(33, 1, 4, 0), {4, 132}},
          {"one pixel", residual_graph(8, 1, 1, 0), {1, 1}},
          {"unet of width 5", unet_graph(5), {9, 21}},
          {"unet of 2 channels", unet_graph(4, 2), {5, 40}}};
}

struct Tile {
  std::int64_t halo;
  std::vector<float> degraded, restored;
};

Tile tile_for(const ConvEngine& engine, const ConvGraph& graph, Extent extent, std::int64_t more_halo = 0) {
  const auto u = graph.unshuffle;
  const auto halo = (engine.reach() + u - 1) / u * u + more_halo;
  Tile tile{halo,
            normal_values(
                static_cast<std::size_t>(graph.channels * (extent.rows + 2 * halo) * (extent.cols + 2 * halo)), 0.2, 3),
            {}};
  for (auto& value : tile.degraded) value += 0.5f;
  tile.restored.assign(static_cast<std::size_t>(graph.channels * extent.area()), std::numeric_limits<float>::quiet_NaN());
  return tile;
}

// Largest difference from plain loops over the tile and its halo, and the largest change that the graph makes.
struct Apart {
  double largest = 0, change = 0;
};

Apart apart(const ConvGraph& graph, Extent extent, const Tile& tile) {
  const Extent extended{extent.rows + 2 * tile.halo, extent.cols + 2 * tile.halo};
  const auto expected = by_plain_loops(graph, extended, tile.degraded);
  Apart found;
  for (std::int64_t c = 0; c < graph.channels; ++c)
    for (std::int64_t y = 0; y < extent.rows; ++y)
      for (std::int64_t x = 0; x < extent.cols; ++x) {
        const auto at = static_cast<std::size_t>(c * extended.area() + (tile.halo + y) * extended.cols + tile.halo + x);
        const double restored = tile.restored[static_cast<std::size_t>(c * extent.area() + y * extent.cols + x)];
        if (!(std::abs(restored - expected[at]) <= found.largest)) found.largest = std::abs(restored - expected[at]);
        found.change = std::max(found.change, std::abs(expected[at] - tile.degraded[at]));
      }
  return found;
}

TEST(ConvEngine, GivesWhatPlainLoopsGive) {
  if (kernels_here().empty()) GTEST_SKIP() << "no kernels for this processor";
  for (const auto* kernels : kernels_here())
    for (const auto& [name, graph, extent] : cases())
      for (const std::int64_t more_halo : {0, 12}) {
        const ConvEngine engine(graph, *kernels);
        auto tile = tile_for(engine, graph, extent, more_halo);
        engine.restore(extent, tile.halo, tile.degraded.data(), tile.restored.data());
        const auto found = apart(graph, extent, tile);
        EXPECT_GT(found.change, 0.05) << name;
        EXPECT_LT(found.largest, (kernels->is_bf16 ? 2e-2 : 2e-6) * std::max(1.0, found.change))
            << name << ", " << kernels->name;
      }
}

// What a thread keeps from the tile before must not show: neither its values nor its rows.
TEST(ConvEngine, ForgetsTheTileBefore) {
  for (const auto* kernels : kernels_here()) {
    const auto graph = residual_graph(8, 2, 2, 1);
    const ConvEngine engine(graph, *kernels);
    const Extent extent{12, 10};
    auto first = tile_for(engine, graph, extent);
    engine.restore(extent, first.halo, first.degraded.data(), first.restored.data());
    auto poison = tile_for(engine, graph, {30, 46});
    for (auto& value : poison.degraded) value = std::numeric_limits<float>::infinity();
    engine.restore({30, 46}, poison.halo, poison.degraded.data(), poison.restored.data());
    auto again = first;
    engine.restore(extent, again.halo, again.degraded.data(), again.restored.data());
    EXPECT_EQ(again.restored, first.restored) << kernels->name;
  }
}

TEST(ConvEngine, ServesSeveralThreadsAtOnce) {
  for (const auto* kernels : kernels_here()) {
    const auto graph = unet_graph(4);
    const ConvEngine engine(graph, *kernels);
    const Extent extent{33, 40};
    auto expected = tile_for(engine, graph, extent);
    engine.restore(extent, expected.halo, expected.degraded.data(), expected.restored.data());
    std::vector<Tile> tiles(3, tile_for(engine, graph, extent));
    std::vector<std::thread> threads;
    for (auto& tile : tiles)
      threads.emplace_back([&] {
        for (int i = 0; i < 5; ++i) engine.restore(extent, tile.halo, tile.degraded.data(), tile.restored.data());
      });
    for (auto& thread : threads) thread.join();
    for (const auto& tile : tiles) EXPECT_EQ(tile.restored, expected.restored) << kernels->name;
  }
}

TEST(ConvEngine, ReachesAsFarAsItsLayersAndFilters) {
  for (const auto* kernels : kernels_here()) {
    EXPECT_EQ(ConvEngine(residual_graph(8, 4, 2, 0), *kernels).reach(), 20);
    EXPECT_EQ(ConvEngine(residual_graph(8, 4, 2, 2, 1, 25), *kernels).reach(), 32);
    EXPECT_EQ(ConvEngine(unet_graph(4), *kernels).reach(), 8);
  }
}

TEST(RowKernels, AreFoundByNameAndByType) {
  for (const auto* kernels : kernels_here()) EXPECT_NE(row_kernels(kernels->is_bf16), nullptr) << kernels->name;
  EXPECT_EQ(row_kernels_named("avx1024"), nullptr);
}

}  // namespace
}  // namespace firstframe
