#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/training/pair.h"
#include "io/seismic/seismic_model.h"
#include "pipelines/cli/volume_flags.h"

namespace firstframe {

struct SeismicPair {
  TrainingPair pair;
  SeismicTraining training;  // what the model keeps
};

/// The annotated section of a SEG-Y or SU file with its clean counterpart. Traces that are dead in one of the two, absent, or hold
/// samples that are no numbers are left out of the pair.
///
/// \param slice  the section's number, from 0; may be left out of a file of one section
/// \param clean  SEG-Y or SU of that section alone or of as many as the degraded has; or a picture or volume as annotated_section() takes it
/// \param range  black and white in stored values. Nothing takes -A..A: 99.9 % of the live samples of the degraded file lie inside, and
///               all samples of the pair inside three times that; of int8 all that it holds
/// \param agc_ms  trains under automatic gain control with a window of that many ms; 0 for not
/// \param to_vary  for varied_pair(): neighbours are noted and not averaged in, and all samples of the pair lie inside twice A
/// \throws ArgumentError when there is no such section, or the flags contradict each other
/// \throws FormatError when the clean section is another line's, has other traces or another sample interval, or no trace is left;
///                     under gain control, when no header says the sample interval
SeismicPair annotated_line(const std::string& degraded, const std::string& clean, std::optional<std::int64_t> slice,
                           std::int64_t neighbours, const VolumeFlags& flags, std::optional<ValueRange> range, double agc_ms,
                           bool to_vary = false);

}  // namespace firstframe
