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
  TileNeeds tile_needs(const RestoreSettings&) const override { return needs_; }

 private:
  TileNeeds needs_;
  ModelInfo info_;
};

}  // namespace firstframe
