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

  // What Winograd's filtering makes of a row of three taps, see RowKernels::convolve_pairs().
  float of_pair(std::int64_t lane, std::int64_t input, std::int64_t row, bool is_inner, bool is_second) const {
    if (!is_inner) return at(lane, input, row, is_second ? 2 : 0);
    const double middle = at(lane, input, row, 1), ends = static_cast<double>(at(lane, input, row, 0)) + at(lane, input, row, 2);
    return static_cast<float>((is_second ? ends - middle : ends + middle) / 2);
  }

 private:
  std::span<const float> weights_;
  std::int64_t outputs_, inputs_, side_;
};

// Rounds the weights that one output has for many channels to bf16, one after the other, so that their errors cancel. Through
// the sum of the errors comes what all channels share: rectified maps have a mean, whose square is about half of their variance. So every
// weight is first moved by its part of the sum so far, the least squares of what is to come: rounding with the correlation of the
// inputs in mind, as in E. Frantar et al., "GPTQ", arXiv:2210.17323, for the simplest of correlations.
class CancellingErrors {
 public:
  explicit CancellingErrors(std::int64_t weights) : left_(static_cast<float>(weights)) {}

  float rounded(float weight) {
    constexpr float kVarianceOfMean = 2;  // of a rectified normal variable 2.1, in units of its squared mean
    const auto moved = weight - sum_ / (kVarianceOfMean + left_--);
    const auto result = __builtin_bit_cast(float, static_cast<std::uint32_t>(bf16_of(moved)) << 16);
    sum_ += result - weight;
    return result;
  }

 private:
  float left_, sum_ = 0;
};

std::int64_t padded_sum(const RowKernels& kernels, std::span<const std::int64_t> channels) {
  std::int64_t sum = 0;
  for (const auto count : channels) sum += padded_channels(kernels, count);
  return sum;
}

// Writes the weights one word after the other.
class Writer {
 public:
  Writer(const RowKernels& kernels, PackedLayer& packed, std::int64_t words) : kernels_(kernels), outputs_(packed.outputs) {
    packed.storage.assign(static_cast<std::size_t>(words) + kAlignedWords, 0u);
    const auto misaligned = reinterpret_cast<std::uintptr_t>(packed.storage.data()) / sizeof(std::uint32_t) % kAlignedWords;
    word_ = packed.storage.data() + (kAlignedWords - misaligned) % kAlignedWords;
    packed.weights = word_;
  }

  // For lanes from `first` on, their weights for a word of channels that starts at `channel` of `channels`. The others are 0.
  template <typename Weight>
  void put(std::int64_t first, std::int64_t lanes, std::int64_t channel, std::int64_t channels, const Weight& weight) {
    for (auto lane = first; lane < first + lanes; ++lane, ++word_) {
      const auto of = [&](std::int64_t c) { return lane < outputs_ && c < channels ? weight(lane, c) : 0.0f; };
      *word_ = __builtin_bit_cast(std::uint32_t, of(channel));
      if (kernels_.is_bf16) {
        const auto low = bf16_of(__builtin_bit_cast(float, *word_)), high = bf16_of(of(channel + 1));
        *word_ = low | static_cast<std::uint32_t>(high) << 16;
      }
    }
  }

 private:
  const RowKernels& kernels_;
  std::int64_t outputs_;
  std::uint32_t* word_;
};

void put_bias(PackedLayer& packed, std::span<const float> bias, std::int64_t outputs) {
  packed.bias.assign(static_cast<std::size_t>(round_up(packed.outputs, kLane)), 0.0f);
  for (std::int64_t lane = 0; lane < packed.outputs; ++lane) packed.bias[lane] = bias[static_cast<std::size_t>(lane % outputs)];
}

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
  put_bias(packed, bias, outputs);

  const Taps taps(weights, outputs, std::accumulate(channels.begin(), channels.end(), std::int64_t{0}), side);
  const auto per_word = kernels.channels_per_word(), window = side + packed.group - 1, lanes = std::ssize(packed.bias);
  Writer writer(kernels, packed, side * window * padded_sum(kernels, channels) / per_word * lanes);
  for (std::int64_t panel = 0; panel < lanes; panel += 2 * kLane)
    for (std::int64_t row = 0; row < side; ++row)
      for (std::int64_t source = 0, first = 0; source < std::ssize(channels); first += channels[source++])
        for (std::int64_t col = 0; col < window; ++col)
          for (std::int64_t channel = 0; channel < channels[source]; channel += per_word)
            writer.put(panel, std::min(lanes - panel, 2 * kLane), channel, channels[source],
                       [&](std::int64_t lane, std::int64_t c) { return taps.at(lane, first + c, row, col); });
  return packed;
}

PackedLayer packed_pairs(const RowKernels& kernels, std::span<const float> weights, std::span<const float> bias,
                         std::int64_t outputs, std::span<const std::int64_t> channels) {
  constexpr std::int64_t kRows = 3, kProducts = 4;  // of a pair
  PackedLayer packed;
  packed.is_in_pairs = true;
  packed.outputs = outputs;
  put_bias(packed, bias, outputs);

  const auto inputs = std::accumulate(channels.begin(), channels.end(), std::int64_t{0});
  const Taps taps(weights, outputs, inputs, kRows);
  std::vector<CancellingErrors> errors(static_cast<std::size_t>(outputs), CancellingErrors(kRows * inputs));
  const auto per_word = kernels.channels_per_word(), wide = kernels.pair_lanes * kLane, lanes = std::ssize(packed.bias);
  Writer writer(kernels, packed, kRows * kProducts * padded_sum(kernels, channels) / per_word * lanes);
  for (std::int64_t panel = 0; panel < lanes; panel += wide)
    for (const bool is_inner : {true, false})
      for (std::int64_t row = 0; row < kRows; ++row)
        for (std::int64_t source = 0, first = 0; source < std::ssize(channels); first += channels[source++])
          for (std::int64_t channel = 0; channel < channels[source]; channel += per_word)
            for (const bool is_second : {false, true})
              writer.put(panel, std::min(lanes - panel, wide), channel, channels[source],
                         [&](std::int64_t lane, std::int64_t c) {
                           const auto weight = taps.of_pair(lane, first + c, row, is_inner, is_second);
                           // Of sums of two pixels; the other products are of differences, which share nothing.
                           return kernels.is_bf16 && is_inner && !is_second ? errors[lane].rounded(weight) : weight;
                         });
  return packed;
}

}  // namespace firstframe
