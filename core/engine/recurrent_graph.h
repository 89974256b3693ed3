#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// One recurrence over the time steps of a patch with its part of the read-out:
///
///     state = rectify(weight_in step + weight_rec state + bias),   change = weight_out state
struct RecurrentScan {
  std::vector<float> weight_in;   // [latent, values of a step]
  std::vector<float> weight_rec;  // [latent, latent]
  std::vector<float> bias;        // [latent]
  std::vector<float> weight_out;  // [outputs, latent]
  bool is_upward = false;         // from the last step to the first
  std::int64_t steps = 0;         // that it takes from where it begins
};

/// A recurrent patch encoder as plain data. A patch, its mean subtracted, is cut into blocks, each a time step, in reading
/// order; what the scans read out, with the bias, is added to it.
struct RecurrentGraph {
  std::int64_t channels = 1;
  std::int64_t patch = 0;        // side, pixels
  Extent block;                  // pixels of a step; its values lie as [channels, block]
  std::int64_t latent = 0;
  bool makes_one_pixel = false;  // read out once, after every scan's last step, instead of after every step
  std::vector<RecurrentScan> scans;
  std::vector<float> bias_out;   // [outputs]

  std::int64_t steps() const { return patch / block.rows * (patch / block.cols); }
  std::int64_t inputs() const { return channels * block.area(); }
  std::int64_t outputs() const { return static_cast<std::int64_t>(bias_out.size()); }
};

}  // namespace firstframe
