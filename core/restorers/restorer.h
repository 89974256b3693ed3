#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/frame/border.h"
#include "core/restorers/model.h"
#include "core/settings/settings.h"
#include "core/tiling/tile_plan.h"

namespace firstframe {

class SectionRestorer;

/// One tile: its shape, and the pixels around it that come with the input.
struct TileShape {
  Extent extent;
  std::int64_t halo = 0;
};

/// Turns a degraded tile into a restored one. Immutable once made, so one restorer serves any number of threads.
class Restorer {
 public:
  virtual ~Restorer() = default;

  /// What it is and where it came from.
  virtual const ModelInfo& info() const = 0;

  /// The weights with their provenance, ready for a model file.
  virtual Model model() const = 0;

  virtual TileNeeds tile_needs(const RestoreSettings& settings) const = 0;

  /// \param degraded  [C, rows + 2 halo, cols + 2 halo], normalised (see normalised.h), planar
  /// \param restored  [C, rows, cols]
  virtual void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                            const RestoreSettings& settings) const = 0;

  /// Whether tiles may be restored on several threads at once; false for a GPU.
  virtual bool is_parallel() const { return true; }

  /// What restores sections as a whole, where that is faster than tile by tile; null where tiles are. restore_tiled() asks it.
  virtual const SectionRestorer* whole_sections() const { return nullptr; }
};

/// A restorer from trained weights.
///
/// \throws FormatError when a weight is missing, has another shape or is not finite, or the kind is unknown
/// \throws DeviceError when `device` is cuda and there is none
std::shared_ptr<const Restorer> make_restorer(const Model& model, Device device = Device::automatic,
                                              Precision precision = Precision::automatic);

}  // namespace firstframe
