#include "pipelines/cli/seismic_warnings.h"

#include <algorithm>
#include <cmath>
#include <iostream>

#include "core/base/text.h"
#include "io/seismic/amplitudes.h"
#include "io/seismic/seismic_model.h"
#include "io/volume/trained_code.h"

namespace firstframe {
namespace {

constexpr double kMuch = 4;  // times stronger or weaker

void warn(const std::string& message) { std::cerr << "firstframe: warning: " << message << "\n"; }

void warn_of_amplitudes(const std::string& input, const SegyFile& segy, const TrainedRange& trained) {
  if (trained.type != code_of(*segy_stored_type(segy.layout.format)).type) return;  // refused
  const auto usual = amplitudes_of(segy).usual;
  const auto range = stored_range(trained);
  const auto half = std::max(std::abs(range.low), std::abs(range.high));
  if (!(usual > 0) || (usual < kMuch * half && usual > half / kMuch)) return;
  warn(text(input, ": 99.9 % of its samples lie in ", -usual, "..", usual, ", the model was trained for ", range.low, "..", range.high,
            "; give --range ", -usual, ":", usual, " if the two surveys are scaled differently"));
}

}  // namespace

void warn_of_another_survey(const std::string& input, const VolumeOptions& options, const ModelInfo& model) {
  const auto segy = open_segy_file(input, options.segy);
  const auto training = seismic_training(model);
  const auto interval = static_cast<double>(segy->layout.interval_us);
  if (training && training->sample_interval_us > 0 && interval > 0 && training->sample_interval_us != interval)
    warn(text(input, ": its samples are ", interval, " us apart, the model was trained on samples ", training->sample_interval_us,
              " us apart; resample the file, or train on a section of it"));
  const bool is_gained = training && training->agc_ms > 0;
  if (model.trained_range && !options.range && !is_gained) warn_of_amplitudes(input, *segy, *model.trained_range);
}

}  // namespace firstframe
