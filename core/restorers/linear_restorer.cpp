#include "core/restorers/linear_restorer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/restorers/declared_intensity.h"
#include "core/restorers/ensemble.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 256;  // pixels; the rows under the filter then stay in the L1 cache
constexpr std::int64_t kBlock = 32;      // neighbouring pixels that are summed at once, in registers

// The mean of every size x size filter over its eight turns and mirrorings.
std::vector<float> mean_of_turns(const std::vector<float>& filters, std::int64_t size) {
  std::vector<float> mean(filters.size());
  const auto area = size * size, last = size - 1;
  for (std::int64_t first = 0; first < static_cast<std::int64_t>(filters.size()); first += area)
    for (std::int64_t y = 0; y < size; ++y)
      for (std::int64_t x = 0; x < size; ++x) {
        const auto at = [&](std::int64_t row, std::int64_t col) { return static_cast<double>(filters[first + row * size + col]); };
        mean[first + y * size + x] =
            static_cast<float>((at(y, x) + at(y, last - x) + at(last - y, x) + at(last - y, last - x) + at(x, y) +
                                at(x, last - y) + at(last - x, y) + at(last - x, last - y)) /
                               8);
      }
  return mean;
}

// A tile's planes, with what lies around them.
struct Planes {
  const float* first;
  std::int64_t channels, rows, cols;
};

// `count` pixels, kBlock at most, beginning where the filter's first tap lies on (row, col). `taps` holds a filter of
// size x size for each plane. Every pixel is summed in the same order, whatever the count.
template <typename Count>
void sum_block(const Planes& planes, std::int64_t row, std::int64_t col, const float* taps, std::int64_t size, float bias,
               float* restored, Count count) {
  std::array<float, kBlock> sums;
  sums.fill(bias);
  for (std::int64_t channel = 0; channel < planes.channels; ++channel)
    for (std::int64_t y = 0; y < size; ++y) {
      const float* line = planes.first + (channel * planes.rows + row + y) * planes.cols + col;
      for (std::int64_t x = 0; x < size; ++x, ++taps, ++line)
        for (std::int64_t i = 0; i < count; ++i) sums[i] += *taps * line[i];
    }
  std::copy_n(sums.begin(), count, restored);
}

}  // namespace

LinearRestorer::LinearRestorer(Model model)
    : model_(std::move(model)), size_(model_.weights[0].shape[3]), of_all_ways_(mean_of_turns(model_.weights[0].values, size_)) {}

TileNeeds LinearRestorer::tile_needs(const RestoreSettings& settings) const {
  refuse_losing_ensemble(info(), settings);
  refuse_other_intensity(info(), settings);
  return {size_ / 2, 1, kTileSide};
}

void LinearRestorer::restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                                  const RestoreSettings& settings) const {
  const auto [rows, cols] = tile.extent;
  const auto channels = info().channels;
  const Planes planes{degraded.data(), channels, rows + 2 * tile.halo, cols + 2 * tile.halo};
  const auto& filters = settings.ensemble > 1 ? of_all_ways_ : model_.weights[0].values;
  const auto beyond = tile.halo - size_ / 2;  // of the halo, where no tap lies
  for (std::int64_t channel = 0; channel < channels; ++channel) {
    const float* taps = filters.data() + channel * channels * size_ * size_;
    const float bias = model_.weights[1].values[static_cast<std::size_t>(channel)];
    for (std::int64_t r = 0; r < rows; ++r) {
      float* line = restored.data() + (channel * rows + r) * cols;
      const auto sum = [&](std::int64_t col, auto count) {
        sum_block(planes, beyond + r, beyond + col, taps, size_, bias, line + col, count);
      };
      if (cols < kBlock) {
        sum(0, cols);
        continue;
      }
      constexpr std::integral_constant<std::int64_t, kBlock> whole;
      for (std::int64_t col = 0; col < cols - kBlock; col += kBlock) sum(col, whole);
      sum(cols - kBlock, whole);  // some pixels twice, which costs less than a shorter block
    }
  }
}

}  // namespace firstframe
