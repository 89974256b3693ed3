#pragma once

#include <cstdint>
#include <vector>

namespace firstframe {

/// A 3 x 3 convolution of stride 1 and what follows it: result = rectify(convolution + bias + added).
struct ConvLayer {
  std::vector<std::int64_t> sources;  // maps, whose channels it sees one after the other: 0 is the input, i what layer i - 1 gives
  std::int64_t outputs = 0;           // channels
  std::vector<float> weights;         // [outputs, channels of all sources, 3, 3]
  std::vector<float> bias;            // [outputs]
  std::int64_t added = -1;            // map of as many channels that is added to the result; -1 for none
  bool is_rectified = false;          // max(0, value) at the end
};

/// What a convolutional network does to a frame, as plain data:
///
///     seen     = the frame, then what each filter changes of it
///     input    = pixel_unshuffle(seen, unshuffle)
///     maps     = the layers, in their order
///     restored = frame + pixel_shuffle(what the last layer gives, unshuffle)
struct ConvGraph {
  std::int64_t channels = 1;       // of the frame
  std::int64_t unshuffle = 1;      // side of the square of pixels that becomes channels
  std::int64_t filter_count = 0;   // on frames of one channel only
  std::int64_t filter_size = 0;    // odd
  std::vector<float> filters;      // [filter_count, filter_size, filter_size]
  std::vector<ConvLayer> layers;

  std::int64_t seen_channels() const { return channels + filter_count; }
  std::int64_t input_channels() const { return seen_channels() * unshuffle * unshuffle; }
};

}  // namespace firstframe
