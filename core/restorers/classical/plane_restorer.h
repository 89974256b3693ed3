#pragma once

#include <torch/torch.h>

#include "core/restorers/classical/plane_blur.h"
#include "core/restorers/classical/untrained_restorer.h"

namespace firstframe {

/// A restorer that works on whole periodic planes: the tile with its halo, edges folded, or the tile alone where that
/// is one period of a circular section.
class PlaneRestorer : public UntrainedRestorer {
 public:
  /// \param settings  with a kernel, whose reach decides the halo
  PlaneRestorer(const ClassicalSettings& settings, std::int64_t preferred_side);

  /// Tiles and halo fit the prior, where there is one.
  TileNeeds tile_needs(const RestoreSettings& settings) const override;
  bool is_parallel() const override { return !prior_ || prior_->is_parallel(); }
  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings& settings) const override;

 protected:
  struct Plane {
    torch::Tensor degraded;  // [rows, cols] float32, normalised
    Extent extent;
    torch::Tensor transfer;           // of the kernel, see PlaneBlur
    Border beyond = Border::reflect;  // what best stands for the pixels beyond the plane
  };

  /// [rows, cols], restored. Runs with one LibTorch thread and without autograd.
  virtual torch::Tensor solve(const Plane& plane, const RestoreSettings& settings) const = 0;

  /// What the prior makes of a restored plane, [rows, cols] float32.
  torch::Tensor denoised(const torch::Tensor& restored, const Plane& plane,
                         const RestoreSettings& settings) const;

  /// To be called in every iteration. \throws Cancelled when a stop was requested
  void stop_if_asked() const;

 private:
  PlaneBlur blur_;
  std::shared_ptr<const Restorer> prior_;
  std::stop_token stop_;
};

}  // namespace firstframe
