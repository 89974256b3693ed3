#include "core/frame/resample.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/scratch.h"
#include "core/base/text.h"
#include "core/base/thread_arena.h"
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

// What the pixel `large` of the large axis is made of.
Tap tap_of(std::int64_t large, std::int64_t small, std::int64_t factor, double phase, Border border) {
  const double place = (static_cast<double>(large) - phase) / static_cast<double>(factor);
  const double first = std::floor(place);
  Tap tap;
  tap.weight = keys_weights(place - first);
  for (std::int64_t k = 0; k < 4; ++k) tap.at[k] = border_index(static_cast<std::int64_t>(first) + k - 1, small, border);
  return tap;
}

// Of the large pixels from `first` on, one for each; small pixels are counted from `origin`.
void fill_taps(Scratch<Tap>& taps, std::int64_t first, std::int64_t origin, std::int64_t small, std::int64_t factor, double phase,
               Border border) {
  for (auto& tap : taps) {
    tap = tap_of(first++, small, factor, phase, border);
    for (auto& at : tap.at) at -= origin;
  }
}

// First small pixel that `count` large ones read, and how many there are up to the last.
std::pair<std::int64_t, std::int64_t> read_by(std::int64_t first, std::int64_t count, std::int64_t small, std::int64_t factor,
                                              double phase, Border border) {
  std::int64_t low = small - 1, high = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto tap = tap_of(first + i, small, factor, phase, border);
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
  const auto [row, rows] = read_by(part.row, part.rows, small.rows, upscale.factor, upscale.row_phase, border);
  const auto [col, cols] = read_by(part.col, part.cols, small.cols, upscale.factor, upscale.col_phase, border);
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
  Scratch<float> source(static_cast<std::size_t>(channels * from.extent().area()));
  load_normalised(small, from, border, source.data());

  Scratch<Tap> col_taps(static_cast<std::size_t>(to.cols)), row_taps(static_cast<std::size_t>(to.rows));
  fill_taps(col_taps, part.col, from.col, small.section.cols, upscale.factor, upscale.col_phase, border);
  fill_taps(row_taps, part.row, from.row, small.section.rows, upscale.factor, upscale.row_phase, border);
  Scratch<float> wide(static_cast<std::size_t>(channels * from.rows * to.cols));
  tbb::parallel_for(std::int64_t{0}, channels * from.rows, [&](std::int64_t row) {
    const float* in = source.data() + row * from.cols;
    float* out = wide.data() + row * to.cols;
    for (std::int64_t c = 0; c < to.cols; ++c) {
      const auto& [at, weight] = col_taps[c];
      out[c] = weight[0] * in[at[0]] + weight[1] * in[at[1]] + weight[2] * in[at[2]] + weight[3] * in[at[3]];
    }
  });

  tbb::parallel_for(std::int64_t{0}, to.rows, [&](std::int64_t r) {
    const auto& [at, weight] = row_taps[r];
    Scratch<float> line(static_cast<std::size_t>(channels * to.cols));
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
  thread_arena(thread_budget(threads)).execute([&] { upsample(small, upscale, border, large); });
}

Section upsampled(const SectionView& small, const Upscale& upscale, Extent target, Border border) {
  Section large(SampleType::float32, small.layout.channels, target);
  large.set_range(small.layout.range);
  upsample(small, upscale, border, large.span());
  return large;
}

}  // namespace firstframe
