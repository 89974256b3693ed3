#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/conv_graph.h"
#include "core/engine/frame_filters.h"
#include "core/engine/packed_layer.h"
#include "core/engine/row_kernels.h"
#include "core/frame/section.h"

namespace firstframe {

/// A convolutional network, packed once and run on tiles without LibTorch: channels last, bf16 or float32 products,
/// float32 sums and maps.
///
/// A tile flows through the layers row by row. Of every map only the rows are kept that a layer still asks for, so that the
/// whole network's working set stays in the L2 cache whatever the tile's height; and every layer gives only what the next one
/// reads: it ends one pixel nearer to the tile at each edge, so of the halo nothing is computed
/// twice but what neighbouring tiles both need.
///
/// A layer brings each row that it sees into the form its loops read, once, and keeps the last three: pairs of pixels for
/// Winograd's minimal filtering (RowKernels::convolve_pairs(), 2/3 of the products), and for a last layer of few outputs the
/// row itself. Only there bf16 rounds: what is added to a map, as in a residual block, is exact.
///
/// Immutable: one engine serves any number of threads. Memory is the calling thread's Scratch, so that a stream of tiles
/// takes none from the system once it has settled.
class ConvEngine {
 public:
  /// \param kernels  outlive the engine
  ConvEngine(const ConvGraph& graph, const RowKernels& kernels);

  /// Pixels around a tile that it reads.
  std::int64_t reach() const;

  /// \param tile      rows and columns, both multiples of the graph's unshuffle
  /// \param halo      pixels around the tile that `degraded` holds, at least reach()
  /// \param degraded  [channels, rows + 2 halo, cols + 2 halo]
  /// \param restored  [channels, rows, cols]
  void restore(Extent tile, std::int64_t halo, const float* degraded, float* restored) const;

 private:
  // What is known of a map before the tile is. Map 0 is the input, map i what layer i - 1 gives.
  struct Map {
    std::int64_t channels = 0;   // whole words
    std::int64_t margin = 0;     // pixels of the map around the tile
    std::int64_t rows_kept = 0;  // until all that read it have
  };
  struct Layer {
    std::vector<std::int64_t> sources;
    std::int64_t added = -1;
    bool is_rectified = false;
    PackedLayer packed;
  };
  class Run;

  const RowKernels& kernels_;
  std::int64_t channels_, unshuffle_;
  FrameFilters filters_;
  std::vector<Map> maps_;
  std::vector<Layer> layers_;
};

}  // namespace firstframe
