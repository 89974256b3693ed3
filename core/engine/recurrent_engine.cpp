#include "core/engine/recurrent_engine.h"

#include <array>
#include <utility>

#include "core/base/scratch.h"

namespace firstframe {
namespace {

// [rows, a + b] of two matrices with as many rows.
std::vector<float> side_by_side(const std::vector<float>& a, const std::vector<float>& b, std::int64_t rows) {
  const auto of_a = std::ssize(a) / rows, of_b = std::ssize(b) / rows;
  std::vector<float> both;
  both.reserve(a.size() + b.size());
  for (std::int64_t row = 0; row < rows; ++row) {
    both.insert(both.end(), a.begin() + row * of_a, a.begin() + (row + 1) * of_a);
    both.insert(both.end(), b.begin() + row * of_b, b.begin() + (row + 1) * of_b);
  }
  return both;
}

}  // namespace

RecurrentEngine::RecurrentEngine(const RecurrentGraph& graph, const RowKernels& kernels)
    : kernels_(kernels),
      channels_(graph.channels),
      patch_(graph.patch),
      block_(graph.block),
      steps_(graph.steps()),
      latent_(graph.latent),
      outputs_(graph.outputs()),
      makes_one_pixel_(graph.makes_one_pixel) {
  const std::array<std::int64_t, 2> channels{graph.inputs(), latent_};
  const std::span input(channels.data(), 1), state(channels.data() + 1, 1);
  const std::vector<float> nothing(static_cast<std::size_t>(outputs_));
  for (const auto& scan : graph.scans)
    scans_.push_back({packed_convolution(kernels, scan.weight_in, scan.bias, latent_, input, 1, false),
                      packed_convolution(kernels, side_by_side(scan.weight_in, scan.weight_rec, latent_), scan.bias,
                                         latent_, channels, 1, false),
                      packed_convolution(kernels, scan.weight_out, scans_.empty() ? graph.bias_out : nothing, outputs_,
                                         state, 1, false),
                      scan.is_upward, scan.steps});
}

void RecurrentEngine::run(std::int64_t count, const std::uint32_t* steps, float* change) const {
  const auto per_word = kernels_.channels_per_word();
  const auto input_words = padded_inputs() / per_word, state_words = padded_channels(kernels_, latent_) / per_word;
  Scratch<std::uint32_t> states(static_cast<std::size_t>(2 * count * state_words));
  Scratch<float> second(static_cast<std::size_t>(scans_.size() > 1 ? count * outputs_ : 0));
  auto *state = states.data(), *next = state + count * state_words;

  for (std::size_t s = 0; s < scans_.size(); ++s) {
    const auto& scan = scans_[s];
    for (std::int64_t i = 0; i < scan.steps; ++i) {
      const auto step = scan.is_upward ? steps_ - 1 - i : i;
      const Segment seen[] = {{steps + step * count * input_words, input_words, input_words},
                              {state, state_words, state_words}};
      RowJob job;
      const auto& packed = i == 0 ? scan.first : scan.next;
      job.segments = seen;
      job.segment_count = i == 0 ? 1 : 2;
      job.weights = packed.weights;
      job.bias = packed.bias.data();
      job.pixels = count;
      job.outputs = job.out_stride = state_words * per_word;
      job.is_rectified = true;
      job.features = next;
      kernels_.convolve(job);
      std::swap(state, next);
      if (makes_one_pixel_ && i + 1 < scan.steps) continue;

      float* read = change + (makes_one_pixel_ ? 0 : step * count * outputs_);
      const Segment made{state, state_words, state_words};
      RowJob out;
      out.segments = &made;
      out.segment_count = 1;
      out.weights = scan.out.weights;
      out.bias = scan.out.bias.data();
      out.pixels = count;
      out.outputs = out.out_stride = outputs_;
      out.floats = s == 0 ? read : second.data();
      kernels_.convolve(out);
      if (s > 0)
        for (std::int64_t v = 0; v < count * outputs_; ++v) read[v] += second[v];
    }
  }
}

}  // namespace firstframe
