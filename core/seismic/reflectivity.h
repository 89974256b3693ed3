#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/seismic/traces.h"

namespace firstframe {

/// How strong reflectors are.
enum class ReflectionLaw {
  laplacian,           // many weak ones, few strong ones
  bernoulli_gaussian,  // at every depth one or none, of Gaussian strength
};
std::string_view name_of(ReflectionLaw law);  // "laplacian", "bernoulli-gaussian"
std::optional<ReflectionLaw> reflection_law_named(std::string_view name);

/// What synthetic ground looks like. Lengths in samples and traces.
struct ReflectivitySettings {
  Extent extent{256, 128};     // samples x traces
  double spacing = 12;         // mean distance of reflectors, 2..
  double dip = 0.3;            // steepest layer, samples per trace; each package of layers has its own dip, half of them none
  double curvature = 6;        // height of folds, samples
  double faults = 2;           // mean number in a section; their number is drawn as Poisson's law has it
  double throw_samples = 14;   // largest throw of a fault; the least is a fifth of it
  double fault_slope = 0.4;    // how far a fault plane leans, traces per sample
  double strength = 0.1;       // standard deviation of reflection coefficients
  double variation = 0.3;      // how much strengths change along a reflector, 0..1
  ReflectionLaw law = ReflectionLaw::laplacian;
};

/// Draws a section of sparse reflection coefficients: packages of flat, dipping and folded layers, cut by faults.
///
/// Reflectors are drawn in a column of layers; every trace shows that column moved by a surface that changes with depth (dips and
/// folds, never so much that layers cross), and by the throw of every fault that the place lies beyond. A reflector stands on
/// the nearest sample; two on one sample add up.
///
/// \param seed  the same seed gives the same section on every machine
/// \throws ArgumentError naming what is out of range
/// Source: the kind of section that sparse deconvolution is trained on in D. Pereg, I. Cohen, A. Vassiliou, "Sparse seismic
/// deconvolution via recurrent neural network", J. Appl. Geophys. 175, 2020; how layers bend is our own choice.
Traces draw_reflectivity(const ReflectivitySettings& settings, std::uint64_t seed);

}  // namespace firstframe
