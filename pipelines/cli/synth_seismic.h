#pragma once

#include <cstdint>
#include <string>

#include "core/seismic/synthetic_section.h"

namespace firstframe {

/// What `synth seismic` was asked for.
struct SeismicSynthesis {
  std::string folder;
  std::int64_t sections = 1;
  std::string wavelet = "ricker:25";  // see wavelet_flag.h
  double sample_interval_ms = 4;
  ReflectivitySettings ground;
  NoiseSettings noise;
  std::uint64_t seed = 1;
  bool side_by_side = false;  // one wide section of all, to train on
};

/// Draws sections, each with a seed of its own, and writes them as volumes of float32 into the folder: seismic.mha, clean.mha,
/// reflectivity.mha (columns are traces, rows samples, one section after the other), wavelet.txt and synth.json, which says how.
/// \throws ArgumentError, FormatError as draw_section; OutputError when the folder cannot be written
void synthesise_seismic(const SeismicSynthesis& job);

}  // namespace firstframe
