#include "core/engine/conv_engine.h"

#include <algorithm>

#include "core/base/scratch.h"
#include "core/engine/frame_rows.h"

namespace firstframe {
namespace {

// Rows that a layer makes before the next one's turn: its weights are then read from the L2 cache once for so many.
constexpr std::int64_t kBandRows = 4;

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
  maps_[0].channels = graph.input_channels();
  for (std::size_t i = 0; i < graph.layers.size(); ++i) maps_[i + 1].channels = graph.layers[i].outputs;

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
    for (const auto source : layer.sources) channels.push_back(maps_[source].channels);
    const bool is_last = i + 1 == graph.layers.size();
    layers_.push_back({layer.sources, layer.added, layer.is_rectified,
                       packed_convolution(kernels_, layer.weights, layer.bias, layer.outputs, channels, kSide, is_last)});
    const auto keep = [&](std::int64_t map, std::int64_t behind) {
      maps_[map].rows_kept = std::max(maps_[map].rows_kept, kBandRows + maps_[map].margin - maps_[i + 1].margin + behind);
      maps_[map].slack = std::max(maps_[map].slack, layers_[i].packed.group - 1);
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
        memory_(words_of(engine, tile_)),
        maps_(engine.maps_.size()),
        room_(static_cast<std::size_t>(room_for_row(frame, engine.filters_, engine.maps_[0].margin))),
        change_(static_cast<std::size_t>((tile_.cols + kLane) * engine.channels_ * engine.unshuffle_ * engine.unshuffle_)),
        segments_(static_cast<std::size_t>(kSide * engine.maps_.size())) {
    auto* at = memory_.data();
    at += (kLineWords - reinterpret_cast<std::uintptr_t>(at) / sizeof(*at) % kLineWords) % kLineWords;
    for (std::size_t i = 0; i + 1 < engine.maps_.size(); ++i) {
      const auto& map = engine.maps_[i];
      maps_[i] = {at, words_per_pixel(engine, map), words_per_row(engine, tile_, map), 0};
      // What was left in the memory need not be finite, and zero times that is not zero.
      for (std::int64_t row = 0; row < map.rows_kept; ++row, at += maps_[i].row_words)
        std::fill(at + cols(map) * maps_[i].pixel_words, at + maps_[i].row_words, 0u);
    }
    maps_[engine.maps_.size() - 1] = {nullptr, 0, 0, 0};
  }

  void restore() {
    // So many rows that the first map begins with its first band: the later a map, the less it is ahead of the tile.
    for (auto end = kBandRows - 2 * engine_.maps_[0].margin; end - kBandRows < tile_.rows; end += kBandRows)
      for (std::size_t i = 0; i < engine_.maps_.size(); ++i) {
        const auto ahead = 2 * engine_.maps_[i].margin;
        const auto last = std::clamp<std::int64_t>(end + ahead, 0, tile_.rows + ahead);
        for (auto& row = maps_[i].done; row < last; ++row) i == 0 ? load(row) : convolve(i, row);
      }
  }

 private:
  struct MapRows {
    std::uint32_t* first;
    std::int64_t pixel_words, row_words;
    std::int64_t done;  // rows
  };

  static std::int64_t words_per_pixel(const ConvEngine& engine, const Map& map) {
    return padded_channels(engine.kernels_, map.channels) / engine.kernels_.channels_per_word();
  }
  static std::int64_t words_per_row(const ConvEngine& engine, Extent tile, const Map& map) {
    return round_up((tile.cols + 2 * map.margin + map.slack) * words_per_pixel(engine, map), kLineWords);
  }
  static std::size_t words_of(const ConvEngine& engine, Extent tile) {
    std::int64_t words = kLineWords;
    for (std::size_t i = 0; i + 1 < engine.maps_.size(); ++i)
      words += engine.maps_[i].rows_kept * words_per_row(engine, tile, engine.maps_[i]);
    return static_cast<std::size_t>(words);
  }

  std::int64_t cols(const Map& map) const { return tile_.cols + 2 * map.margin; }

  std::uint32_t* row_of(std::size_t map, std::int64_t row) {
    return maps_[map].first + row % engine_.maps_[map].rows_kept * maps_[map].row_words;
  }

  void load(std::int64_t row) {
    const auto margin = engine_.maps_[0].margin;
    load_row(frame_, engine_.kernels_, engine_.filters_, row - margin, margin, room_.data(), row_of(0, row));
  }

  // A row of map i.
  void convolve(std::size_t i, std::int64_t row) {
    const auto& layer = engine_.layers_[i - 1];
    const auto& map = engine_.maps_[i];
    const auto& packed = layer.packed;
    auto* segment = segments_.data();
    for (std::int64_t tap = 0; tap < kSide; ++tap)
      for (const auto source : layer.sources) {
        const auto further = engine_.maps_[source].margin - map.margin - kSide / 2;
        const auto pixel_words = maps_[source].pixel_words;
        *segment++ = {row_of(source, row + tap + further) + further * pixel_words, packed.group * pixel_words,
                      (kSide + packed.group - 1) * pixel_words};
      }
    RowJob job;
    job.segments = segments_.data();
    job.segment_count = segment - segments_.data();
    job.weights = packed.weights;
    job.bias = packed.bias.data();
    job.is_rectified = layer.is_rectified;
    job.pixels = (cols(map) + packed.group - 1) / packed.group;
    if (layer.added >= 0) {
      const auto& added = maps_[layer.added];
      const auto further = engine_.maps_[layer.added].margin - map.margin;
      job.added = row_of(layer.added, row + further) + further * added.pixel_words;
      job.added_stride = packed.group * added.pixel_words * engine_.kernels_.channels_per_word();
    }
    const bool is_last = i + 1 == engine_.maps_.size();
    if (is_last) {
      job.outputs = packed.outputs;
      job.floats = change_.data();
      job.out_stride = packed.outputs;
    } else {
      job.outputs = maps_[i].pixel_words * engine_.kernels_.channels_per_word();
      job.features = row_of(i, row);
      job.out_stride = job.outputs;
    }
    engine_.kernels_.convolve(job);
    if (is_last) add_row(frame_, row, change_.data());
  }

  const ConvEngine& engine_;
  const FrameRows& frame_;
  Extent tile_;  // of the maps
  Scratch<std::uint32_t> memory_;
  Scratch<MapRows> maps_;
  Scratch<float> room_;
  Scratch<float> change_;
  Scratch<Segment> segments_;
};

void ConvEngine::restore(Extent tile, std::int64_t halo, const float* degraded, float* restored) const {
  const FrameRows frame{degraded, restored, channels_, unshuffle_, tile, halo};
  Run(*this, frame).restore();
}

}  // namespace firstframe
