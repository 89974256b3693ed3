#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/engine/row_kernels.h"

namespace firstframe {

/// float32 to bf16, to the nearest, ties to even; as LibTorch and the processor do it. Finite values only.
inline std::uint16_t bf16_of(float value) {
  const auto bits = __builtin_bit_cast(std::uint32_t, value);
  return static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

/// Values of a pixel of a feature map with so many channels: whole words.
std::int64_t padded_channels(const RowKernels& kernels, std::int64_t channels);

/// The weights of a layer in the order in which the row kernels read them: panels of 2 lanes of outputs (the last may be
/// one), in them for every word of every segment the weights of all the panel's outputs.
///
/// A layer with few outputs fills its lanes with the outputs of `group` neighbouring pixels: a "pixel" of its RowJob then
/// stands for so many, its inputs reach as far, and most of its weights are zero. Still fewer products in all: 1 output from
/// 3 x 3 pixels takes 9 of them for one pixel by itself, 3 x 18 for sixteen.
struct PackedLayer {
  bool is_in_pairs = false;                // for RowKernels::convolve_pairs(), otherwise for convolve()
  std::vector<std::uint32_t> storage;
  const std::uint32_t* weights = nullptr;  // in storage, aligned to 64 bytes
  std::vector<float> bias;                 // rounded up to whole lanes
  std::int64_t group = 1;
  std::int64_t outputs = 0;                // group x outputs of the layer

  PackedLayer() = default;
  PackedLayer(PackedLayer&&) = default;  // a vector that moves keeps its storage
  PackedLayer& operator=(PackedLayer&&) = default;
};

/// A convolution of side x side taps. Its segments are, for every row of taps, that row of every source.
/// \param weights  [outputs, sum of channels, side, side]
/// \param channels of every source
PackedLayer packed_convolution(const RowKernels& kernels, std::span<const float> weights, std::span<const float> bias,
                               std::int64_t outputs, std::span<const std::int64_t> channels, std::int64_t side,
                               bool may_group);

/// A convolution of 3 x 3 taps for RowKernels::convolve_pairs(), which says what becomes of the taps: a third more weights. In a
/// panel, which has RowKernels::pair_lanes, lie those of the inner products, then of the outer ones, in either for every row of
/// taps, source and word those of a pair's first pixel, then of its second.
///
/// bf16 rounds what becomes of taps and pixels, not themselves: of one layer's squared error that makes 10/6 where neighbouring
/// pixels have nothing in common, and no more where they are alike. In return the weights of an output are rounded so that their
/// errors cancel for what all channels share.
/// \param weights  [outputs, sum of channels, 3, 3]
/// \param channels of every source
PackedLayer packed_pairs(const RowKernels& kernels, std::span<const float> weights, std::span<const float> bias,
                         std::int64_t outputs, std::span<const std::int64_t> channels);

}  // namespace firstframe
