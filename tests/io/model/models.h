#pragma once

#include "core/restorers/model.h"

namespace firstframe {

/// A small model in which no two fields hold the same value.
inline Model a_model() {
  Model model;
  auto& info = model.info;
  info.restorer = "residual";
  info.shape = {{"depth", 14}, {"width", 48}};
  info.channels = 3;
  info.neighbours = 6;
  info.receptive_field = 61;
  info.border = Border::circular;
  info.normalisation = "range";
  info.scale = 4;
  info.row_phase = 1.5;
  info.intensity = IntensityDomain::log;
  info.trained_range = TrainedRange{SampleType::uint16, {-3.5, 4095}, 32768};
  info.col_phase = 2;
  info.seed = 18446744073709551615u;
  info.steps = 4000;
  info.planned_steps = 5000;
  info.train_seconds = 14.1;
  info.threads = 2;
  info.pair_hash = "6b86b273ff34fce1";
  info.settings = "loss=l1 note=\"\xC3\xBC\"";  // a letter beyond ASCII
  info.held_out_psnr = 30.1;
  info.held_out_degraded_psnr = 24.0 + 1.0 / 3;
  info.ensemble_gain = 0.12;
  info.note = "stopped early";
  info.versions = "firstframe 0.1.0, libtorch 1.13.1";
  model.weights = {
      {"tail.weight", {2, 3}, {1, 2, 3, 4, 5, -6.5f}}, {"head.bias", {1}, {0.1f}}, {"gain", {}, {7}}};
  return model;
}

}  // namespace firstframe
