#pragma once

#include <cstdint>

#include "core/seismic/reflectivity.h"
#include "core/seismic/wavelet.h"

namespace firstframe {

/// A seismic section whose truth is known.
struct SyntheticSection {
  Traces reflectivity;  // what sparse deconvolution looks for
  Traces clean;         // reflectivity convolved with the wavelet: what noise attenuation looks for
  Traces seismic;       // clean and noise
};

struct NoiseSettings {
  double snr_db = 20;      // 10 log10(energy of clean / energy of noise) of every section
  bool has_band = false;   // noise has the wavelet's spectrum, instead of a white one
};

/// Draws a section. Reflectors beyond its first and last sample are felt as far as the wavelet reaches.
///
/// \param seed  of the ground and of the noise; the same on every machine
/// \throws ArgumentError as draw_reflectivity, or for an SNR outside -60..200 dB
/// \throws FormatError when the section came out without any reflector
SyntheticSection draw_section(const ReflectivitySettings& ground, const Wavelet& wavelet, const NoiseSettings& noise, std::uint64_t seed);

/// Noise of a given root mean square, white and Gaussian or with the wavelet's amplitude spectrum.
Traces draw_noise(Extent extent, double rms, const Wavelet* band, std::uint64_t seed);

}  // namespace firstframe
