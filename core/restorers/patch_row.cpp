#include "core/restorers/patch_row.h"

#include <algorithm>

#include "core/base/scratch.h"

namespace firstframe {
namespace {

// A number that is 1 nearly always, so that the compiler can make the most of it.
template <typename Loop>
void with_step(std::int64_t step, const Loop& loop) {
  if (step == 1)
    loop(std::integral_constant<std::int64_t, 1>{});
  else
    loop(step);
}

void put(float* out, float value) { *out = value; }
void put(std::uint16_t* out, float value) { *out = bf16_of(value); }

// Calls visit(step, first value of the line in its step, channel, pixel of the shown patch) for every line of every block.
template <typename Visit>
void for_each_line(const RecurrentEngine& engine, const Visit& visit) {
  const auto block = engine.block();
  const auto across = engine.patch() / block.cols;
  for (std::int64_t step = 0; step < engine.steps(); ++step)
    for (std::int64_t channel = 0; channel < engine.channels(); ++channel)
      for (std::int64_t line = 0; line < block.rows; ++line)
        visit(step, (channel * block.rows + line) * block.cols, channel, step / across * block.rows + line,
              step % across * block.cols);
}

template <typename Element>
void gather(const RecurrentEngine& engine, const PatchRow& row, const TileWay& way, const float* means, Element* steps) {
  const auto inputs = engine.channels() * engine.block().area(), padded = engine.padded_inputs(), cols = engine.block().cols;
  for_each_line(engine, [&](std::int64_t step, std::int64_t value, std::int64_t channel, std::int64_t r, std::int64_t c) {
    const float* from = row.first + channel * row.plane_stride + way.offset(r, c);
    Element* to = steps + step * row.count * padded + value;
    with_step(way.across(), [&](auto across) {
      for (std::int64_t i = 0; i < row.count; ++i, from += row.stride, to += padded)
        for (std::int64_t x = 0; x < cols; ++x)
          put(to + x, way.is_negative() ? means[i] - from[x * across] : from[x * across] - means[i]);
    });
  });
  for (auto value = inputs; value < padded; ++value)
    for (std::int64_t i = 0; i < engine.steps() * row.count; ++i) steps[i * padded + value] = 0;
}

}  // namespace

void patch_means(const PatchRow& row, std::int64_t channels, std::int64_t patch, float* means) {
  const auto cols = (row.count - 1) * row.stride + patch;
  Scratch<float> sums(static_cast<std::size_t>(cols));
  std::fill(sums.begin(), sums.end(), 0.0f);
  for (std::int64_t channel = 0; channel < channels; ++channel)
    for (std::int64_t r = 0; r < patch; ++r) {
      const float* line = row.first + channel * row.plane_stride + r * row.line_stride;
      float* sum = sums.data();
      for (std::int64_t c = 0; c < cols; ++c) sum[c] += line[c];
    }
  const auto share = 1 / static_cast<float>(channels * patch * patch);
  for (std::int64_t i = 0; i < row.count; ++i) {
    float sum = 0;
    for (std::int64_t c = 0; c < patch; ++c) sum += sums[static_cast<std::size_t>(i * row.stride + c)];
    means[i] = sum * share;
  }
}

void gather_steps(const RecurrentEngine& engine, const PatchRow& row, const ModelInfo& info, std::int64_t way,
                  const float* means, std::uint32_t* steps) {
  const TileWay shown(info, way, {engine.patch(), engine.patch()}, row.line_stride);
  if (engine.kernels().is_bf16)
    gather(engine, row, shown, means, reinterpret_cast<std::uint16_t*>(steps));
  else
    gather(engine, row, shown, means, reinterpret_cast<float*>(steps));
}

void scatter_change(const RecurrentEngine& engine, const PatchRow& row, const ModelInfo& info, std::int64_t way,
                    const float* change, const float* window, float* sums) {
  const Extent patch{engine.patch(), engine.patch()};
  const TileWay shown(info, way, patch, row.line_stride), weighted(info, way, patch);
  const auto cols = engine.block().cols;
  const auto apart = (engine.patch() + row.stride - 1) / row.stride;
  const float sign = shown.is_negative() ? -1.0f : 1.0f;
  for_each_line(engine, [&](std::int64_t step, std::int64_t value, std::int64_t channel, std::int64_t r, std::int64_t c) {
    const float* from = change + step * row.count * engine.outputs() + value;
    const float* weight = window + weighted.offset(r, c);
    float* to = sums + channel * row.plane_stride + shown.offset(r, c);
    const auto weight_step = weighted.across();
    with_step(shown.across(), [&](auto across) {
      const std::int64_t over = across == 1 ? 1 : weight_step;  // mirrored or turned alike
      // Neighbours overlap, and a sum that was just written is slow to read: those that do not overlap follow each other.
      for (std::int64_t begin = 0; begin < apart; ++begin)
        for (auto i = begin; i < row.count; i += apart)
          for (std::int64_t x = 0; x < cols; ++x)
            to[i * row.stride + x * across] += sign * weight[x * over] * from[i * engine.outputs() + x];
    });
  });
}

}  // namespace firstframe
