// Winograd's filtering against the convolution that it stands for, on numbers so small and round that nothing is rounded, in
// bf16 neither: the results are equal to the last bit.

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "core/engine/packed_layer.h"
#include "tests/core/engine/graphs.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSide = 3;

struct Case {
  std::vector<std::int64_t> channels;  // of every source
  std::int64_t outputs;
  std::int64_t pixels;
  bool is_added = false, is_rectified = false;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
  for (const auto count : one.channels) out << count << " ";
  return out << "channels, " << one.outputs << " outputs, " << one.pixels << " pixels";
}

// Whole numbers from -most to most.
std::vector<float> whole_values(std::size_t count, int most, unsigned seed) {
  std::mt19937 generator(seed);
  std::vector<float> values(count);
  for (auto& value : values) value = static_cast<float>(static_cast<int>(generator() % static_cast<unsigned>(2 * most + 1)) - most);
  return values;
}

class Convolution {
 public:
  Convolution(const Case& one, const RowKernels& kernels) : case_(one), kernels_(kernels), seen_pixels_(one.pixels + kSide - 1) {
    for (const auto count : one.channels) inputs_ += count;
    weights_ = whole_values(static_cast<std::size_t>(one.outputs * inputs_ * kSide * kSide), 3, 1);
    bias_ = whole_values(static_cast<std::size_t>(one.outputs), 9, 2);
    if (one.is_added) added_ = whole_values(static_cast<std::size_t>(one.pixels * one.outputs), 99, 3);
    for (const auto count : one.channels) {
      const auto padded = padded_channels(kernels, count);
      auto& map = maps_.emplace_back(static_cast<std::size_t>(kSide * seen_pixels_ * padded), 0.0f);
      const auto values = whole_values(static_cast<std::size_t>(kSide * seen_pixels_ * count), 7, 10 + static_cast<unsigned>(count));
      for (std::int64_t i = 0; i < kSide * seen_pixels_; ++i)
        for (std::int64_t c = 0; c < count; ++c) map[i * padded + c] = values[i * count + c];
    }
  }

  // [pixels, outputs], with some more values behind, which nothing may touch.
  std::vector<float> in_pairs() const {
    const auto packed = packed_pairs(kernels_, weights_, bias_, case_.outputs, case_.channels);
    const auto paired = pixels_in_pairs(case_.pixels);
    std::vector<std::vector<std::uint32_t>> seen;
    std::vector<Segment> inner, outer;
    for (std::int64_t row = 0; row < kSide; ++row)
      for (std::size_t source = 0; source < maps_.size(); ++source) {
        const auto padded = padded_channels(kernels_, case_.channels[source]), words = padded / kernels_.channels_per_word();
        // What lies beside the row is no number, so that it shows where it is read.
        seen.emplace_back(static_cast<std::size_t>(2 * paired * words), 0xffffffffu);
        std::vector<float> alone(maps_[source].begin() + row * seen_pixels_ * padded,
                                 maps_[source].begin() + (row + 1) * seen_pixels_ * padded);
        alone.resize(alone.size() + static_cast<std::size_t>(padded), std::numeric_limits<float>::quiet_NaN());
        kernels_.pair({alone.data(), seen_pixels_, padded, seen.back().data()});
        inner.push_back({seen.back().data(), words, words});
        outer.push_back({seen.back().data() + paired * words, words, words});
      }
    inner.insert(inner.end(), outer.begin(), outer.end());

    std::vector<float> out(static_cast<std::size_t>((case_.pixels + 2) * case_.outputs), kUntouched);
    RowJob job;
    job.segments = inner.data();
    job.segment_count = std::ssize(inner);
    job.weights = packed.weights;
    job.bias = packed.bias.data();
    job.pixels = case_.pixels;
    job.outputs = job.out_stride = job.added_stride = case_.outputs;
    job.added = case_.is_added ? added_.data() : nullptr;
    job.is_rectified = case_.is_rectified;
    job.floats = out.data();
    kernels_.convolve_pairs(job);
    return out;
  }

  std::vector<float> by_plain_loops() const {
    std::vector<float> out(static_cast<std::size_t>((case_.pixels + 2) * case_.outputs), kUntouched);
    for (std::int64_t pixel = 0; pixel < case_.pixels; ++pixel)
      for (std::int64_t output = 0; output < case_.outputs; ++output) {
        double sum = bias_[output];
        const float* taps = weights_.data() + output * inputs_ * kSide * kSide;
        for (std::size_t source = 0; source < maps_.size(); ++source)
          for (std::int64_t c = 0; c < case_.channels[source]; ++c)
            for (std::int64_t row = 0; row < kSide; ++row)
              for (std::int64_t col = 0; col < kSide; ++col, ++taps)
                sum += static_cast<double>(*taps) *
                       maps_[source][(row * seen_pixels_ + pixel + col) * padded_channels(kernels_, case_.channels[source]) + c];
        const auto at = pixel * case_.outputs + output;
        if (case_.is_added) sum += added_[at];
        out[at] = static_cast<float>(case_.is_rectified ? std::max(0.0, sum) : sum);
      }
    return out;
  }

 private:
  static constexpr float kUntouched = 12345;

  Case case_;
  const RowKernels& kernels_;
  std::int64_t seen_pixels_, inputs_ = 0;
  std::vector<float> weights_, bias_, added_;
  std::vector<std::vector<float>> maps_;  // of every source [3, seen_pixels, padded channels]
};

TEST(ConvolvePairs, GivesTheConvolutionForRowsOfEveryLength) {
  for (const auto* kernels : kernels_here())
    for (std::int64_t pixels = 1; pixels <= 60; ++pixels) {
      const Convolution convolution({{6}, 32, pixels}, *kernels);
      EXPECT_EQ(convolution.in_pairs(), convolution.by_plain_loops()) << pixels << " pixels, " << kernels->name;
    }
}

TEST(ConvolvePairs, GivesTheConvolutionForAnyChannelsAndOutputs) {
  for (const auto* kernels : kernels_here())
    for (const auto& one : {Case{{1}, 1, 9}, Case{{3}, 15, 31}, Case{{16}, 16, 24}, Case{{17}, 17, 25, true}, Case{{32}, 33, 14, false, true},
                            Case{{40}, 64, 15, true, true}, Case{{5, 8}, 40, 29}, Case{{33, 1, 16}, 47, 28, true, true}}) {
      const Convolution convolution(one, *kernels);
      EXPECT_EQ(convolution.in_pairs(), convolution.by_plain_loops()) << one << ", " << kernels->name;
    }
}

TEST(ConvolvePairs, MakesFourValuesOfTwoPixels) {
  for (const auto* kernels : kernels_here()) {
    if (kernels->is_bf16) continue;
    const float row[] = {1, 10, 100, 1000, 10000};  // of one channel: three pixels of a result, two pairs
    float seen[8];
    kernels->pair({row, 5, 1, seen});
    const float expected[] = {10 + 100, 100 - 10, 1000 + 10000, 10000 - 1000, 1 - 100, 1000 - 10, 100 - 10000};
    for (int i = 0; i < 7; ++i) EXPECT_EQ(seen[i], expected[i]) << i << ", " << kernels->name;
  }
}

TEST(RoundRow, RoundsToTheKernelsType) {
  for (const auto* kernels : kernels_here())
    for (const std::int64_t pixels : {1, 7, 16, 33}) {
      const std::int64_t channels = 6;
      const auto row = normal_values(static_cast<std::size_t>(pixels * channels), 1, 4);
      std::vector<std::uint32_t> seen(row.size() + 1, 77u);
      kernels->round({row.data(), pixels, channels, seen.data()});
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (kernels->is_bf16)
          EXPECT_EQ(reinterpret_cast<const std::uint16_t*>(seen.data())[i], bf16_of(row[i]));
        else
          EXPECT_EQ(__builtin_bit_cast(float, seen[i]), row[i]);
      }
      EXPECT_EQ(seen.back(), 77u);
    }
}

}  // namespace
}  // namespace firstframe
