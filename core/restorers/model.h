#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/frame/border.h"
#include "core/frame/intensity_domain.h"
#include "core/frame/section.h"

namespace firstframe {

/// How many times larger than the degraded frame a restored one may be, in rows and columns.
inline constexpr std::int64_t kLargestScale = 4;

/// A pair of 12 bits stored in 16, or of a CT, fills only a part of its type: networks see that part as 0..1.
struct TrainedRange {
  SampleType type = SampleType::uint16;
  ValueRange range;   // of the section's samples: stored value + offset
  double offset = 0;  // see TrainingPair
};

/// How many neighbouring sections a model may take into account.
inline constexpr std::int64_t kMostNeighbours = 64;

/// What a model is and where it came from; everything in a model file that is not a weight.
struct ModelInfo {
  std::string restorer;            // "residual", "unet", "unet-gan", "rnn", "rnn-gan", "linear", "dncnn"
  std::map<std::string, std::int64_t> shape;  // the restorer's own sizes: width, depth, patch ...
  std::int64_t channels = 1;
  std::int64_t neighbours = 0;       // restores the mean of a section and so many others beside it, see neighbour_mean.h
  std::int64_t receptive_field = 1;  // pixels, side of the square that one restored pixel depends on
  Border border = Border::reflect;   // how frames go on beyond their edge
  std::string normalisation = "range";  // networks see (value - low) / (high - low)
  std::optional<TrainedRange> trained_range;  // low and high of the pair, where they were not all that its type holds
  std::optional<IntensityDomain> intensity;  // what the pair's samples stood for, where its user said
  std::int64_t scale = 1;            // 2..4: frames are first upsampled so many times, see upsampled_input.h
  double row_phase = 0;              // of the degraded pixels on the restored grid, see Upscale
  double col_phase = 0;

  std::uint64_t seed = 0;
  std::int64_t steps = 0;            // optimiser steps taken; 0 for a closed-form fit
  std::int64_t planned_steps = 0;    // the schedule's length
  double train_seconds = 0;
  std::int64_t threads = 0;
  std::string augment;               // what the patches were made of: "none", "redegrade" or "renoise"
  std::string pair_hash;             // of the training pair's pixels
  std::string settings;              // the other training settings, "name=value" joined by spaces
  std::optional<double> held_out_psnr;           // dB, peak 1, on the stripe kept out of training
  std::optional<double> held_out_degraded_psnr;  // the same for the degraded stripe
  std::optional<double> ensemble_gain;           // dB that the x 8 ensemble adds there
  std::string note;                  // what the user should know of the training; empty when it went as planned
  std::string versions;              // "firstframe 0.1.0, libtorch 1.13.1"
};

/// Whether the ensemble clearly lost where training measured it: by more than 0.1 dB, which a small stripe can tell.
inline bool loses_by_ensemble(const ModelInfo& info) { return info.ensemble_gain.value_or(0) < -0.1; }

/// One named array of weights, row-major.
struct Weight {
  std::string name;
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

/// A trained restorer as plain data: what a model file holds.
struct Model {
  ModelInfo info;
  std::vector<Weight> weights;
};

}  // namespace firstframe
