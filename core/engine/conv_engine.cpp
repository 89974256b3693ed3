#include "core/engine/conv_engine.h"

#include <algorithm>

#include "core/base/scratch.h"
#include "core/engine/frame_rows.h"

namespace firstframe {
namespace {

// Of filters, what may be left out of their norm: with bf16, whose channels are rounded by 1/500 afterwards, and float32.
constexpr double kRoundedTolerance = 1e-4, kTolerance = 1e-6;

constexpr std::int64_t kSide = 3;      // of the convolutions
constexpr std::int64_t kLineWords = 16;  // rows begin on cache lines

std::int64_t round_up(std::int64_t value, std::int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

}  // namespace

ConvEngine::ConvEngine(const ConvGraph& graph, const RowKernels& kernels)
    : kernels_(kernels),
      channels_(graph.channels),
      unshuffle_(graph.unshuffle),
      filters_(graph, kernels.is_bf16 ? kRoundedTolerance : kTolerance),
      maps_(graph.layers.size() + 1) {
  for (std::size_t i = 0; i < maps_.size(); ++i)
    maps_[i].channels = padded_channels(kernels, i == 0 ? graph.input_channels() : graph.layers[i - 1].outputs);

  // From the last layer, which gives the tile alone, to the first.
  for (auto i = graph.layers.size(); i-- > 0;) {
    const auto& layer = graph.layers[i];
    const auto margin = maps_[i + 1].margin;
    for (const auto source : layer.sources) maps_[source].margin = std::max(maps_[source].margin, margin + kSide / 2);
    if (layer.added >= 0) maps_[layer.added].margin = std::max(maps_[layer.added].margin, margin);
  }
  for (std::size_t i = 0; i < graph.layers.size(); ++i) {
    const auto& layer = graph.layers[i];
    std::vector<std::int64_t> channels;
    for (const auto source : layer.sources)
      channels.push_back(source == 0 ? graph.input_channels() : graph.layers[static_cast<std::size_t>(source - 1)].outputs);
    // Outputs of several pixels side by side save more than pairs do.
    const bool is_grouped = i + 1 == graph.layers.size() && layer.added < 0 && layer.outputs <= kLane / 2;
    layers_.push_back({layer.sources, layer.added, layer.is_rectified,
                       is_grouped ? packed_convolution(kernels, layer.weights, layer.bias, layer.outputs, channels, kSide, true)
                                  : packed_pairs(kernels, layer.weights, layer.bias, layer.outputs, channels)});
    const auto keep = [&](std::int64_t map, std::int64_t reach) {
      const auto newer = maps_[map].margin - maps_[i + 1].margin - reach;  // rows than the one that the layer reads
      maps_[map].rows_kept = std::max(maps_[map].rows_kept, newer + 1);
    };
    for (const auto source : layer.sources) keep(source, kSide / 2);
    if (layer.added >= 0) keep(layer.added, 0);
  }
}

std::int64_t ConvEngine::reach() const { return maps_[0].margin * unshuffle_ + filters_.reach(); }

// One tile on its way through the layers.
class ConvEngine::Run {
 public:
  Run(const ConvEngine& engine, const FrameRows& frame)
      : engine_(engine),
        frame_(frame),
        tile_{frame.tile.rows / engine.unshuffle_, frame.tile.cols / engine.unshuffle_},
        maps_(engine.maps_.size()),
        layers_(engine.layers_.size()),
        values_(values_of_maps()),
        words_(words_of_layers()),
        room_(static_cast<std::size_t>(room_for_row(frame, engine.filters_, engine.maps_[0].margin))),
        change_(static_cast<std::size_t>((tile_.cols + kLane) * engine.channels_ * engine.unshuffle_ * engine.unshuffle_)),
        segments_(static_cast<std::size_t>(2 * kSide * std::ssize(engine.maps_))) {
    auto* value = on_a_line(values_.data());
    for (std::size_t i = 0; i + 1 < engine.maps_.size(); ++i) {
      maps_[i] = {value, values_per_row(i)};
      value += engine.maps_[i].rows_kept * maps_[i].row_values;
    }
    auto* word = on_a_line(words_.data());
    for (std::size_t i = 0; i < engine.layers_.size(); ++i) {
      layers_[i] = {word, words_per_row(i)};
      word += kSide * layers_[i].row_words;
      // What was left in the memory need not be finite, and zero times that is not zero.
      if (engine.layers_[i].packed.group > 1) std::fill(layers_[i].first, word, 0u);
    }
  }

  void restore() {
    // Every map gets a row at a time. The first rows lie above the tile: there are as many below, all of a map's are ready when
    // the tile's last one is.
    for (auto row = -2 * margin(0); row < tile_.rows; ++row) {
      load(row + 2 * margin(0));
      for (std::size_t i = 0; i < layers_.size(); ++i) {
        const auto given = row + 2 * margin(i + 1), seen = given + kSide - 1;
        if (seen >= 0) see(i, seen);
        if (given >= 0) convolve(i, given);
      }
    }
  }

 private:
  struct MapRows {
    float* first;
    std::int64_t row_values;
  };
  struct SeenRows {  // the last three of all sources, as the layer's loops read them
    std::uint32_t* first;
    std::int64_t row_words;
  };

  template <typename Value>
  static Value* on_a_line(Value* at) {
    return at + (kLineWords - reinterpret_cast<std::uintptr_t>(at) / sizeof(*at) % kLineWords) % kLineWords;
  }

  std::int64_t values_per_row(std::size_t map) const {
    return round_up(cols(map) * engine_.maps_[map].channels, kLineWords);
  }
  std::size_t values_of_maps() const {
    std::int64_t values = kLineWords;
    for (std::size_t i = 0; i + 1 < engine_.maps_.size(); ++i) values += engine_.maps_[i].rows_kept * values_per_row(i);
    return static_cast<std::size_t>(values);
  }

  // A source's part of a row that a layer has seen.
  std::int64_t seen_words(std::size_t layer, std::int64_t source) const {
    const auto& packed = engine_.layers_[layer].packed;
    const auto pixels = packed.is_in_pairs ? 2 * pixels_in_pairs(cols(layer + 1)) : seen_cols(layer) + packed.group - 1;
    return round_up(pixels * pixel_words(source), kLineWords);
  }
  std::int64_t words_per_row(std::size_t layer) const {
    std::int64_t words = 0;
    for (const auto source : engine_.layers_[layer].sources) words += seen_words(layer, source);
    return words;
  }
  std::size_t words_of_layers() const {
    std::int64_t words = kLineWords;
    for (std::size_t i = 0; i < engine_.layers_.size(); ++i) words += kSide * words_per_row(i);
    return static_cast<std::size_t>(words);
  }

  std::int64_t margin(std::size_t map) const { return engine_.maps_[map].margin; }
  std::int64_t cols(std::size_t map) const { return tile_.cols + 2 * margin(map); }
  std::int64_t seen_cols(std::size_t layer) const { return cols(layer + 1) + kSide - 1; }
  std::int64_t pixel_words(std::int64_t map) const { return engine_.maps_[map].channels / engine_.kernels_.channels_per_word(); }

  // From a pixel of the map on that lies `further` inside.
  float* row_of(std::size_t map, std::int64_t row, std::int64_t further = 0) {
    return maps_[map].first + (row + further) % engine_.maps_[map].rows_kept * maps_[map].row_values +
           further * engine_.maps_[map].channels;
  }
  std::uint32_t* seen_of(std::size_t layer, std::int64_t row) {
    return layers_[layer].first + row % kSide * layers_[layer].row_words;
  }

  void load(std::int64_t row) {
    load_row(frame_, engine_.kernels_, engine_.filters_, row - margin(0), margin(0), room_.data(), row_of(0, row),
             engine_.maps_[0].channels);
  }

  // Brings a row of the sources into the form that layer i reads. The layer's row `row` needs those from `row` to `row` + 2.
  void see(std::size_t i, std::int64_t row) {
    auto* seen = seen_of(i, row);
    for (const auto source : engine_.layers_[i].sources) {
      SeenJob job;
      job.row = row_of(source, row, margin(source) - margin(i + 1) - kSide / 2);
      job.pixels = seen_cols(i);
      job.channels = engine_.maps_[source].channels;
      job.seen = seen;
      (engine_.layers_[i].packed.is_in_pairs ? engine_.kernels_.pair : engine_.kernels_.round)(job);
      seen += seen_words(i, source);
    }
  }

  // A row of what layer i gives.
  void convolve(std::size_t i, std::int64_t row) {
    const auto& layer = engine_.layers_[i];
    const auto& packed = layer.packed;
    RowJob job;
    job.segments = segments_.data();
    job.segment_count = packed.is_in_pairs ? list_pairs(i, row) : list_windows(i, row);
    job.weights = packed.weights;
    job.bias = packed.bias.data();
    job.is_rectified = layer.is_rectified;
    job.pixels = (cols(i + 1) + packed.group - 1) / packed.group;
    if (layer.added >= 0) {
      job.added = row_of(layer.added, row, margin(layer.added) - margin(i + 1));
      job.added_stride = packed.group * engine_.maps_[layer.added].channels;
    }
    const bool is_last = i + 1 == layers_.size();
    job.outputs = is_last ? packed.outputs : engine_.maps_[i + 1].channels;
    job.out_stride = job.outputs;
    job.floats = is_last ? change_.data() : row_of(i + 1, row);
    (packed.is_in_pairs ? engine_.kernels_.convolve_pairs : engine_.kernels_.convolve)(job);
    if (is_last) add_row(frame_, row, change_.data());
  }

  // Segments for three rows, of each source three neighbouring pixels, or more for a group.
  std::int64_t list_windows(std::size_t i, std::int64_t row) {
    const auto& layer = engine_.layers_[i];
    auto* segment = segments_.data();
    for (auto tap_row = row; tap_row < row + kSide; ++tap_row) {
      const auto* seen = seen_of(i, tap_row);
      for (const auto source : layer.sources) {
        const auto words = pixel_words(source), group = layer.packed.group;
        *segment++ = {seen, group * words, (kSide + group - 1) * words};
        seen += seen_words(i, source);
      }
    }
    return segment - segments_.data();
  }

  // The inner halves of three rows, of each source, then the outer ones.
  std::int64_t list_pairs(std::size_t i, std::int64_t row) {
    auto* segment = segments_.data();
    for (const std::int64_t half : {0, 1})
      for (auto tap_row = row; tap_row < row + kSide; ++tap_row) {
        const auto* seen = seen_of(i, tap_row);
        for (const auto source : engine_.layers_[i].sources) {
          const auto words = pixel_words(source);
          *segment++ = {seen + half * pixels_in_pairs(cols(i + 1)) * words, words, words};
          seen += seen_words(i, source);
        }
      }
    return segment - segments_.data();
  }

  const ConvEngine& engine_;
  const FrameRows& frame_;
  Extent tile_;  // of the maps
  Scratch<MapRows> maps_;
  Scratch<SeenRows> layers_;
  Scratch<float> values_;
  Scratch<std::uint32_t> words_;
  Scratch<float> room_;
  Scratch<float> change_;
  Scratch<Segment> segments_;
};

void ConvEngine::restore(Extent tile, std::int64_t halo, const float* degraded, float* restored) const {
  const FrameRows frame{degraded, restored, channels_, unshuffle_, tile, halo};
  Run(*this, frame).restore();
}

}  // namespace firstframe
