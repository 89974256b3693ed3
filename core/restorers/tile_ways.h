#pragma once

#include <cstdint>

#include "core/frame/section.h"
#include "core/restorers/model.h"

namespace firstframe {

/// One of the eight ways to show a network a tile between which training made no difference, and the way back: the way of
/// number 0 is the tile itself.
///
/// A model trained on frames that may stand any way up sees four turns, then the mirrored tile's. Where layers lie across
/// (a model of "renoise"), a tile is not turned on its side but mirrored both ways, and shown as its negative.
class TileWay {
 public:
  /// \param extent  of the planes to show
  /// \param pitch   values from row to row of those; 0 for packed rows
  TileWay(const ModelInfo& info, std::int64_t number, Extent extent, std::int64_t pitch = 0);

  /// Of the planes shown.
  Extent extent() const { return shown_; }

  /// Where a shown pixel lies in the planes to show, counted in values, and how much further the one to its right.
  std::int64_t offset(std::int64_t row, std::int64_t col) const { return first_ + row * down_ + col * across_; }
  std::int64_t across() const { return across_; }

  /// Whether it shows 1 - value.
  bool is_negative() const { return is_negative_; }

  /// For packed rows.
  /// \param planes  [channels, extent to show]
  /// \param shown   [channels, extent()]
  void show(const float* planes, std::int64_t channels, float* shown) const;

  /// Adds what the network made of the shown planes to `sum`, [channels, extent to show].
  void add_back(const float* shown, std::int64_t channels, float* sum) const;

 private:
  template <typename Visit>
  void walk(std::int64_t channels, const Visit& visit) const;

  Extent shown_;
  std::int64_t first_ = 0, down_ = 0, across_ = 0;  // where the shown planes' pixels lie in those to show
  bool is_negative_ = false;
};

}  // namespace firstframe
