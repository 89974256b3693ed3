#pragma once

#include <optional>

#include "core/restorers/model.h"

namespace firstframe {

/// What a model that was trained on a seismic section keeps of it, among the settings it was trained with: "sample-interval-us=4000".
struct SeismicTraining {
  double sample_interval_us = 0;  // 0 where it is not known
  double agc_ms = 0;              // length of the automatic gain's window; 0 for none, the default
};

/// Nothing for a model that was trained on something else.
std::optional<SeismicTraining> seismic_training(const ModelInfo& model);

void note_seismic_training(ModelInfo& model, const SeismicTraining& training);

}  // namespace firstframe
