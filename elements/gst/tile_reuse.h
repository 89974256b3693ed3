#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/restorers/restorer.h"
#include "core/tiling/tile_plan.h"

namespace firstframe {

/// Restores a stream tile by tile, and leaves out tiles that show what they showed when they were last restored.
///
/// A tile, its halo included, has changed when the mean squared difference of any 16 x 16 block of it from then is more
/// than 1.6 times what noise alone makes. What noise makes is read off the stream: the lower quartile over all blocks, as
/// low as it was of late. A pan or a cut changes every block, so that everything is restored; noise that is stronger
/// where it is bright counts as change. No tile is older than 12 frames. One thread at a time.
///
/// Cost beside the restoring: one pass over the frame, and two frames of memory.
class TileReuse {
 public:
  /// Of 1-channel frames and a model of scale 1. The first frame, and one of another size, type or model, is restored
  /// whole. \throws as restore_tiled; what is remembered is then forgotten
  void restore(const std::shared_ptr<const Restorer>& restorer, const SectionView& degraded, const SectionSpan& restored,
               const RestoreSettings& settings, std::stop_token stop);

  void forget() { restorer_ = nullptr; }

  /// Tiles of the last frame, and how many of them were restored.
  std::size_t tiles() const { return ages_.size(); }
  std::size_t restored_tiles() const { return changed_.size(); }

 private:
  void begin(const std::shared_ptr<const Restorer>& restorer, const SectionView& degraded, const RestoreSettings& settings);
  void compare(const SectionView& degraded);
  void choose_changed();
  bool has_changed(const Region& tile) const;

  std::shared_ptr<const Restorer> restorer_;  // that `last_` was restored with; nullptr when nothing is remembered
  RestoreSettings settings_;
  TilePlan plan_;
  std::vector<Region> tiles_, changed_;
  std::vector<int> ages_;             // of each tile, frames since it was restored
  Section shown_, last_;              // each tile as it was when restored, degraded and restored
  std::vector<double> differences_;   // of each block, mean squared
  std::vector<double> sorted_;        // partly
  std::int64_t blocks_across_ = 0;
  double noise_ = -1;                 // mean squared difference that noise makes; < 0 until it was seen
};

}  // namespace firstframe
