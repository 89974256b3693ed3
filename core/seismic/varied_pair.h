#pragma once

#include <cstdint>

#include "core/training/pair.h"

namespace firstframe {

/// An annotated section in many variations side by side (vary_section.h), to train on instead of the section itself: one section
/// shows too few events and too little noise. Train with Augment::none.
///
///     auto restorer = train(varied_pair(annotated, 150), settings);
///
/// \param annotated  rows are samples, columns are traces. `degraded` is the section as it is, without neighbours; `neighbours`, an even
///                   number, says how many the model averages in, and every variation then has as many of its own averaged in
/// \param count      of variations, at least 1. The n-th is drawn with seed n
/// \return `degraded` of the annotated type, rounded, with its range and offset, `clean` in float32 with that range in stored values;
///         both count times as wide
/// \throws ArgumentError for colour, for samples that have no sign, or a clean section of another size, naming --variations
///
/// Memory: 8 bytes for every sample and variation; less of integers.
TrainingPair varied_pair(const TrainingPair& annotated, std::int64_t count);

}  // namespace firstframe
