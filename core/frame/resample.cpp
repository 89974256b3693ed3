#include "core/frame/resample.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "core/frame/normalised.h"

namespace firstframe {
namespace {

// The four small pixels that a large one is made of.
struct Tap {
  std::array<std::int64_t, 4> at{};
  std::array<float, 4> weight{};
};

// Weights for a place `t` pixels after the second of four, 0 <= t < 1.
std::array<float, 4> keys_weights(double t) {
  constexpr double a = -0.5;
  const auto near = [](double x) { return ((a + 2) * x - (a + 3)) * x * x + 1; };       // |x| <= 1
  const auto far = [](double x) { return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a; };  // 1 <= |x| <= 2
  return {static_cast<float>(far(1 + t)), static_cast<float>(near(t)), static_cast<float>(near(1 - t)),
          static_cast<float>(far(2 - t))};
}

// Taps of the large pixels first ... first + count - 1.
std::vector<Tap> taps_of(std::int64_t first_large, std::int64_t count, std::int64_t small, std::int64_t factor, double phase,
                         Border border) {
  std::vector<Tap> taps(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    const double place = (static_cast<double>(first_large + i) - phase) / static_cast<double>(factor);
    const double first = std::floor(place);
    auto& tap = taps[i];
    tap.weight = keys_weights(place - first);
    for (std::int64_t k = 0; k < 4; ++k)
      tap.at[k] = border_index(static_cast<std::int64_t>(first) + k - 1, small, border);
  }
  return taps;
}

// The same taps, counted from another small pixel.
std::vector<Tap> counted_from(std::int64_t first, std::vector<Tap> taps) {
  for (auto& tap : taps)
    for (auto& at : tap.at) at -= first;
  return taps;
}

// First small pixel that some taps read, and how many there are up to the last.
std::pair<std::int64_t, std::int64_t> read_by(const std::vector<Tap>& taps) {
  std::int64_t low = taps.at(0).at[0], high = low;
  for (const auto& tap : taps) {
    const auto [least, most] = std::minmax_element(tap.at.begin(), tap.at.end());
    low = std::min(low, *least);
    high = std::max(high, *most);
  }
  return {low, high - low + 1};
}

}  // namespace

Upscale centred_upscale(std::int64_t factor) {
  const auto centre = static_cast<double>(factor - 1) / 2;
  return {factor, centre, centre};
}

Region upsampled_from(const Region& part, const Upscale& upscale, Extent small, Border border) {
  const auto [row, rows] = read_by(taps_of(part.row, part.rows, small.rows, upscale.factor, upscale.row_phase, border));
  const auto [col, cols] = read_by(taps_of(part.col, part.cols, small.cols, upscale.factor, upscale.col_phase, border));
  return {row, col, rows, cols};
}

void upsample(const SectionView& small, const Upscale& upscale, Border border, const SectionSpan& large) {
  const auto [rows, cols] = large.layout.extent;
  upsample(whole_window(small), upscale, border, {0, 0, rows, cols}, large);
}

void upsample(const SectionWindow& small, const Upscale& upscale, Border border, const Region& part, const SectionSpan& large) {
  const auto to = large.layout.extent;
  const auto channels = small.pixels.layout.channels;
  if (upscale.factor < 1 || channels != large.layout.channels)
    throw ArgumentError(text("upsample: factor ", upscale.factor, " from ", channels, " to ",
                             large.layout.channels,
                             " channels is not accepted; use a factor of 1 or more and equal channels"));
  if (to != part.extent())
    throw ArgumentError(text("upsample: room for ", name_of(to), ", needed: ", name_of(part.extent())));
  const auto from = upsampled_from(part, upscale, small.section, border);
  std::vector<float> source(static_cast<std::size_t>(channels * from.extent().area()));
  load_normalised(small, from, border, source.data());

  const auto col_taps =
      counted_from(from.col, taps_of(part.col, to.cols, small.section.cols, upscale.factor, upscale.col_phase, border));
  std::vector<float> wide(static_cast<std::size_t>(channels * from.rows * to.cols));
  tbb::parallel_for(std::int64_t{0}, channels * from.rows, [&](std::int64_t row) {
    const float* in = source.data() + row * from.cols;
    float* out = wide.data() + row * to.cols;
    for (std::int64_t c = 0; c < to.cols; ++c) {
      const auto& [at, weight] = col_taps[c];
      out[c] = weight[0] * in[at[0]] + weight[1] * in[at[1]] + weight[2] * in[at[2]] + weight[3] * in[at[3]];
    }
  });

  const auto row_taps =
      counted_from(from.row, taps_of(part.row, to.rows, small.section.rows, upscale.factor, upscale.row_phase, border));
  tbb::parallel_for(std::int64_t{0}, to.rows, [&](std::int64_t r) {
    const auto& [at, weight] = row_taps[r];
    std::vector<float> line(static_cast<std::size_t>(channels * to.cols));
    for (std::int64_t channel = 0; channel < channels; ++channel) {
      const float* plane = wide.data() + channel * from.rows * to.cols;
      float* out = line.data() + channel * to.cols;
      for (std::int64_t c = 0; c < to.cols; ++c)
        out[c] = weight[0] * plane[at[0] * to.cols + c] + weight[1] * plane[at[1] * to.cols + c] +
                 weight[2] * plane[at[2] * to.cols + c] + weight[3] * plane[at[3] * to.cols + c];
    }
    SectionSpan row = large;
    row.data += r * large.layout.row_stride;
    row.layout.extent = {1, to.cols};
    store_normalised(line.data(), to.cols, to.cols, row);
  });
}

void upsample(const SectionView& small, const Upscale& upscale, Border border, const SectionSpan& large, int threads) {
  tbb::task_arena arena(thread_budget(threads));
  arena.execute([&] { upsample(small, upscale, border, large); });
}

Section upsampled(const SectionView& small, const Upscale& upscale, Extent target, Border border) {
  Section large(SampleType::float32, small.layout.channels, target);
  large.set_range(small.layout.range);
  upsample(small, upscale, border, large.span());
  return large;
}

}  // namespace firstframe
