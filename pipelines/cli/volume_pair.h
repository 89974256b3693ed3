#pragma once

#include <optional>
#include <string>

#include "core/training/pair.h"
#include "pipelines/cli/volume_flags.h"

namespace firstframe {

/// The annotated section of a volume with its clean counterpart.
///
/// \param slice  the section's number along the flags' axis, from 0
/// \param clean  a picture, a volume of one section, or one of as many as the degraded has, of which the same section is taken.
///               A float32 picture holds 0..1, black to white of the degraded volume's sample type, as `average` writes it;
///               of volumes in int32, uint32, float32 or float64 their own values
/// \param neighbours  average so many sections on each side into the degraded one; restoring with the model does the same
/// \param range  black and white in stored values; nothing takes the full range of 8-bit volumes, and of others the lowest and
///               highest value of the pair, which the model then keeps
/// \param to_vary  for varied_pair(): neighbours are noted and not averaged in, and where no range is given and the type is not of 8 bits
///                 black and white lie as far below and above 0, so that variations, inverted and amplified, stay inside
/// \throws ArgumentError when there is no such section
/// \throws FormatError when the clean section lies elsewhere in space (another spacing or direction), or has another kind of sample
TrainingPair annotated_section(const std::string& degraded, const std::string& clean, std::int64_t slice, std::int64_t neighbours,
                               const VolumeFlags& flags, std::optional<ValueRange> range, bool to_vary = false);

}  // namespace firstframe
