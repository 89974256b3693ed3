#include "core/restorers/linear_restorer.h"

#include <gtest/gtest.h>

#include <random>

namespace firstframe {
namespace {

constexpr std::int64_t kSize = 5, kHalo = 3;  // more halo than the filter needs

std::vector<float> random_values(std::int64_t count, unsigned seed) {
  std::mt19937 generator(seed);
  std::uniform_real_distribution<float> values(-1, 1);
  std::vector<float> drawn(static_cast<std::size_t>(count));
  for (auto& value : drawn) value = values(generator);
  return drawn;
}

Model random_model(std::int64_t channels) {
  Model model;
  model.info.restorer = "linear";
  model.info.channels = channels;
  model.weights = {{"filter.weight", {channels, channels, kSize, kSize}, random_values(channels * channels * kSize * kSize, 1)},
                   {"filter.bias", {channels}, random_values(channels, 2)}};
  return model;
}

// The filter at one pixel, tap by tap, turned so that (y, x) of the frame lies under turned(y, x) of the filter.
template <typename Turned>
double filtered_at(const Model& model, const std::vector<float>& degraded, Extent tile, std::int64_t channel, std::int64_t row,
                   std::int64_t col, const Turned& turned) {
  const auto channels = model.info.channels, rows = tile.rows + 2 * kHalo, cols = tile.cols + 2 * kHalo, reach = kSize / 2;
  double sum = model.weights[1].values[channel];
  for (std::int64_t from = 0; from < channels; ++from)
    for (std::int64_t y = 0; y < kSize; ++y)
      for (std::int64_t x = 0; x < kSize; ++x) {
        const auto [ty, tx] = turned(y, x);
        sum += model.weights[0].values[((channel * channels + from) * kSize + ty) * kSize + tx] *
               degraded[(from * rows + kHalo + row + y - reach) * cols + kHalo + col + x - reach];
      }
  return sum;
}

std::vector<float> restored(const Model& model, const std::vector<float>& degraded, Extent tile, std::int64_t ensemble) {
  std::vector<float> out(static_cast<std::size_t>(model.info.channels * tile.area()));
  RestoreSettings settings;
  settings.ensemble = ensemble;
  LinearRestorer(model).restore_tile({tile, kHalo}, degraded, out, settings);
  return out;
}

using Place = std::pair<std::int64_t, std::int64_t>;

class LinearRestorerOf : public testing::TestWithParam<std::tuple<std::int64_t, std::int64_t>> {
 protected:
  template <typename Expected>
  void compare(std::int64_t ensemble, const Expected& expected) {
    const auto [channels, cols] = GetParam();
    const Extent tile{4, cols};
    const auto model = random_model(channels);
    const auto degraded = random_values(channels * (tile.rows + 2 * kHalo) * (tile.cols + 2 * kHalo), 3);
    const auto out = restored(model, degraded, tile, ensemble);
    for (std::int64_t channel = 0; channel < channels; ++channel)
      for (std::int64_t r = 0; r < tile.rows; ++r)
        for (std::int64_t c = 0; c < tile.cols; ++c)
          ASSERT_NEAR(out[(channel * tile.rows + r) * tile.cols + c], expected(model, degraded, tile, channel, r, c), 1e-4)
              << channel << ", " << r << ", " << c;
  }
};

TEST_P(LinearRestorerOf, IsItsFilterAtEveryPixel) {
  compare(1, [](auto&&... pixel) { return filtered_at(pixel..., [](auto y, auto x) { return Place{y, x}; }); });
}

TEST_P(LinearRestorerOf, TakesTheMeanOfEightTurnsForTheEnsemble) {
  compare(8, [](auto&&... pixel) {
    double sum = 0;
    for (int way = 0; way < 8; ++way)
      sum += filtered_at(pixel..., [&](auto y, auto x) {
        if (way & 1) y = kSize - 1 - y;
        if (way & 2) x = kSize - 1 - x;
        return way & 4 ? Place{x, y} : Place{y, x};
      });
    return sum / 8;
  });
}

// Narrower than what is summed at once, as wide, a pixel wider, several times as wide and some.
INSTANTIATE_TEST_SUITE_P(ChannelsAndColumns, LinearRestorerOf,
                         testing::Combine(testing::Values(1, 3), testing::Values(1, 31, 32, 33, 77)));

}  // namespace
}  // namespace firstframe
