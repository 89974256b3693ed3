#pragma once

#include <string>

#include "core/restorers/model.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// Warns on standard error, with both values, where a SEG-Y or SU file has another sample interval than the section that the model
/// was trained on, or amplitudes more than four times stronger or weaker.
/// \throws as open_volume
void warn_of_another_survey(const std::string& input, const VolumeOptions& options, const ModelInfo& model);

}  // namespace firstframe
