#pragma once

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "core/engine/conv_graph.h"
#include "core/engine/row_kernels.h"
#include "core/frame/section.h"

namespace firstframe {

/// Random numbers that are the same everywhere.
inline std::vector<float> normal_values(std::size_t count, double sigma, unsigned seed) {
  std::mt19937 generator(seed);
  std::vector<float> values(count);
  for (auto& value : values) {  // the sum of twelve is nearly normal
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(generator()) / 4294967296.0;
    value = static_cast<float>(sigma * sum);
  }
  return values;
}

inline std::int64_t channels_of(const ConvGraph& graph, std::int64_t map) {
  return map == 0 ? graph.input_channels() : graph.layers[static_cast<std::size_t>(map - 1)].outputs;
}

/// Adds a layer with random weights that keeps the size of what passes through it.
inline void add_layer(ConvGraph& graph, std::vector<std::int64_t> sources, std::int64_t outputs, bool is_rectified,
                      std::int64_t added = -1) {
  std::int64_t inputs = 0;
  for (const auto source : sources) inputs += channels_of(graph, source);
  const auto seed = static_cast<unsigned>(graph.layers.size());
  const auto weights = static_cast<std::size_t>(outputs * inputs * 9);
  graph.layers.push_back({std::move(sources), outputs, normal_values(weights, std::sqrt(2.0 / (9.0 * inputs)), 100 + seed),
                          normal_values(static_cast<std::size_t>(outputs), 0.05, 200 + seed), added, is_rectified});
}

/// The shape of `residual`.
inline ConvGraph residual_graph(std::int64_t width, std::int64_t blocks, std::int64_t unshuffle, std::int64_t filters,
                                std::int64_t channels = 1, std::int64_t filter_size = 9) {
  ConvGraph graph;
  graph.channels = channels;
  graph.unshuffle = unshuffle;
  graph.filter_count = filters;
  graph.filter_size = filters > 0 ? filter_size : 0;
  graph.filters = normal_values(static_cast<std::size_t>(filters * filter_size * filter_size), 0.1, 7);
  add_layer(graph, {0}, width, true);
  for (std::int64_t i = 0; i < blocks; ++i) {
    add_layer(graph, {2 * i + 1}, width, true);
    add_layer(graph, {2 * i + 2}, width, i + 1 == blocks, 2 * i + 1);
  }
  add_layer(graph, {2 * blocks + 1}, channels * unshuffle * unshuffle, false);
  return graph;
}

/// The shape of `unet`: every level on the way up also sees what the same level gave on the way down.
inline ConvGraph unet_graph(std::int64_t width, std::int64_t channels = 1) {
  ConvGraph graph;
  graph.channels = channels;
  for (std::int64_t level = 0; level < 4; ++level) add_layer(graph, {level}, width << level, true);
  for (std::int64_t i = 0; i < 3; ++i) add_layer(graph, {4 + i, 3 - i}, width << (2 - i), true);
  add_layer(graph, {7}, channels, false);
  return graph;
}

/// What a graph makes of planes [channels, extent], by the obvious loops in double; zeros beyond the planes' edges, so that
/// the outermost pixels are not those of a larger frame.
inline std::vector<double> by_plain_loops(const ConvGraph& graph, Extent extent, const std::vector<float>& planes) {
  const auto [rows, cols] = extent;
  const auto correlate = [&](const double* plane, Extent e, const float* taps, std::int64_t size, double* sum) {
    for (std::int64_t r = 0; r < e.rows; ++r)
      for (std::int64_t c = 0; c < e.cols; ++c)
        for (std::int64_t y = 0; y < size; ++y)
          for (std::int64_t x = 0; x < size; ++x) {
            const auto row = r + y - size / 2, col = c + x - size / 2;
            if (row >= 0 && row < e.rows && col >= 0 && col < e.cols)
              sum[r * e.cols + c] += taps[y * size + x] * plane[row * e.cols + col];
          }
  };

  std::vector<double> seen(planes.begin(), planes.end());
  for (std::int64_t f = 0; f < graph.filter_count; ++f) {
    std::vector<double> change(static_cast<std::size_t>(extent.area()));
    for (std::size_t i = 0; i < change.size(); ++i) change[i] = -seen[i];
    correlate(seen.data(), extent, graph.filters.data() + f * graph.filter_size * graph.filter_size, graph.filter_size,
              change.data());
    seen.insert(seen.end(), change.begin(), change.end());
  }

  const auto u = graph.unshuffle;
  const Extent inside{rows / u, cols / u};
  std::vector<std::vector<double>> maps(1);
  for (std::int64_t c = 0; c < graph.seen_channels(); ++c)
    for (std::int64_t y = 0; y < u; ++y)
      for (std::int64_t x = 0; x < u; ++x)
        for (std::int64_t r = 0; r < inside.rows; ++r)
          for (std::int64_t k = 0; k < inside.cols; ++k)
            maps[0].push_back(seen[c * extent.area() + (r * u + y) * cols + k * u + x]);

  for (const auto& layer : graph.layers) {
    std::vector<double> map(static_cast<std::size_t>(layer.outputs * inside.area()));
    const float* taps = layer.weights.data();
    for (std::int64_t o = 0; o < layer.outputs; ++o) {
      double* plane = map.data() + o * inside.area();
      for (const auto source : layer.sources)
        for (std::int64_t c = 0; c < channels_of(graph, source); ++c, taps += 9)
          correlate(maps[source].data() + c * inside.area(), inside, taps, 3, plane);
      for (std::int64_t i = 0; i < inside.area(); ++i) {
        plane[i] += layer.bias[o] + (layer.added >= 0 ? maps[layer.added][o * inside.area() + i] : 0);
        if (layer.is_rectified) plane[i] = std::max(0.0, plane[i]);
      }
    }
    maps.push_back(std::move(map));
  }

  std::vector<double> restored(planes.begin(), planes.end());
  for (std::int64_t c = 0; c < graph.channels; ++c)
    for (std::int64_t r = 0; r < inside.rows * u; ++r)
      for (std::int64_t k = 0; k < inside.cols * u; ++k)
        restored[c * extent.area() + r * cols + k] +=
            maps.back()[((c * u + r % u) * u + k % u) * inside.area() + r / u * inside.cols + k / u];
  return restored;
}

/// The kernels that this processor can run.
inline std::vector<const RowKernels*> kernels_here() {
  std::vector<const RowKernels*> found;
  for (const auto* name : {"avx512_bf16", "avx512", "avx2"})
    if (const auto* kernels = row_kernels_named(name)) found.push_back(kernels);
  return found;
}

}  // namespace firstframe
