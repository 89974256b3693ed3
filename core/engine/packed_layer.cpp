#include "core/engine/packed_layer.h"

#include <algorithm>
#include <numeric>

namespace firstframe {
namespace {

constexpr std::size_t kAlignedWords = 16;

std::int64_t round_up(std::int64_t value, std::int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

// The weight that an output has for a channel of a source at a place of the group's window; 0 outside.
class Taps {
 public:
  Taps(std::span<const float> weights, std::int64_t outputs, std::int64_t inputs, std::int64_t side)
      : weights_(weights), outputs_(outputs), inputs_(inputs), side_(side) {}

  float at(std::int64_t lane, std::int64_t input, std::int64_t row, std::int64_t window_col) const {
    const auto output = lane % outputs_, col = window_col - lane / outputs_;
    if (col < 0 || col >= side_) return 0;
    return weights_[static_cast<std::size_t>(((output * inputs_ + input) * side_ + row) * side_ + col)];
  }

 private:
  std::span<const float> weights_;
  std::int64_t outputs_, inputs_, side_;
};

}  // namespace

std::int64_t padded_channels(const RowKernels& kernels, std::int64_t channels) {
  return round_up(channels, kernels.channels_per_word());
}

PackedLayer packed_convolution(const RowKernels& kernels, std::span<const float> weights, std::span<const float> bias,
                               std::int64_t outputs, std::span<const std::int64_t> channels, std::int64_t side,
                               bool may_group) {
  PackedLayer packed;
  packed.group = may_group ? std::max<std::int64_t>(1, kLane / outputs) : 1;
  packed.outputs = packed.group * outputs;
  const auto lanes = round_up(packed.outputs, kLane);
  packed.bias.assign(static_cast<std::size_t>(lanes), 0.0f);
  for (std::int64_t lane = 0; lane < packed.outputs; ++lane) packed.bias[lane] = bias[static_cast<std::size_t>(lane % outputs)];

  const auto inputs = std::accumulate(channels.begin(), channels.end(), std::int64_t{0});
  const Taps taps(weights, outputs, inputs, side);
  const auto per_word = kernels.channels_per_word();
  const auto window = side + packed.group - 1;
  std::int64_t words = 0;
  for (const auto count : channels) words += side * window * padded_channels(kernels, count) / per_word;
  packed.storage.assign(static_cast<std::size_t>(words * lanes) + kAlignedWords, 0u);
  const auto misaligned = reinterpret_cast<std::uintptr_t>(packed.storage.data()) / sizeof(std::uint32_t) % kAlignedWords;
  auto* word = packed.storage.data() + (kAlignedWords - misaligned) % kAlignedWords;
  packed.weights = word;

  for (std::int64_t panel = 0; panel < lanes; panel += 2 * kLane)
    for (std::int64_t row = 0; row < side; ++row)
      for (std::int64_t source = 0, first = 0; source < std::ssize(channels); first += channels[source++])
        for (std::int64_t col = 0; col < window; ++col)
          for (std::int64_t channel = 0; channel < channels[source]; channel += per_word)
            for (std::int64_t lane = panel; lane < std::min(lanes, panel + 2 * kLane); ++lane, ++word) {
              const auto tap = [&](std::int64_t c) {
                return lane < packed.outputs && c < channels[source] ? taps.at(lane, first + c, row, col) : 0.0f;
              };
              *word = kernels.is_bf16 ? bf16_of(tap(channel)) | static_cast<std::uint32_t>(bf16_of(tap(channel + 1))) << 16
                                      : __builtin_bit_cast(std::uint32_t, tap(channel));
            }
  return packed;
}

}  // namespace firstframe
