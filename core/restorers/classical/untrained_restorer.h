#pragma once

#include "core/restorers/classical/classical.h"

namespace firstframe {

/// What restorers without weights have in common: their provenance is their settings.
class UntrainedRestorer : public Restorer {
 public:
  UntrainedRestorer(const ClassicalSettings& settings, TileNeeds needs);

  const ModelInfo& info() const override { return info_; }
  /// \throws ArgumentError always: there are no weights
  Model model() const override;
  /// \throws ArgumentError for switches that belong to trained restorers: a stride, the ensemble
  TileNeeds tile_needs(const RestoreSettings& settings) const override;

 private:
  TileNeeds needs_;
  ModelInfo info_;
};

}  // namespace firstframe
