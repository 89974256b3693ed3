#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/degradation/kernel.h"
#include "core/frame/border.h"
#include "core/frame/section.h"

namespace firstframe {

/// How the strength of the noise depends on the brightness that kernel and offset predict.
enum class NoiseLaw {
  constant,        // the standard deviation varies by less than half of its mean
  poisson_like,    // the variance grows with brightness, as counted photons do
  multiplicative,  // the standard deviation grows with brightness, as speckle and gain noise do
  irregular,       // it varies, but neither way
};

/// Noise at pixels of about the same predicted brightness.
struct BrightnessClass {
  double brightness = 0;  // mean of the predicted values, normalised
  double sigma = 0;       // standard deviation of the rest, normalised
};

/// variance = constant + linear x + square x^2 for a predicted brightness x; none is negative.
struct VarianceLaw {
  double constant = 0, linear = 0, square = 0;

  double at(double brightness) const { return constant + linear * brightness + square * brightness * brightness; }
};

/// The part of a degradation that no kernel explains.
struct IdentifiedNoise {
  static constexpr std::int64_t kLags = 4;

  double sigma = 0;        // standard deviation, normalised
  double correlation = 0;  // the larger of those between neighbouring pixels, down and across, -1..1
  double slope = 0;        // how much the standard deviation varies with brightness, (max - min) / mean
  double skew = 0;         // third standardised moment; 0 for symmetric noise
  double blockiness = 1;   // mean step across the edges of 8 x 8 blocks, in units of the mean step elsewhere
  NoiseLaw law = NoiseLaw::constant;
  VarianceLaw variance;
  std::vector<BrightnessClass> classes;                          // eight, equally populated, dark to bright
  std::array<std::array<double, kLags>, kLags> correlations{};   // [rows apart][columns apart], [0][0] is 1

  bool is_white() const;            // neighbours are correlated by less than 0.1
  bool follows_brightness() const;  // poisson-like or multiplicative
  bool is_from_blocks() const;      // steps at block edges as JPEG leaves them, 1.15 times those elsewhere
};

/// A clean pixel every `factor` rows and columns has a degraded one; the first lies at row_phase, col_phase.
struct Downscale {
  std::int64_t factor = 1;
  std::int64_t row_phase = 0;  // 0..factor-1
  std::int64_t col_phase = 0;
};

/// What was done at the frame's edge, as far as the pair tells.
struct IdentifiedBorder {
  std::optional<Border> border;  // nothing: unseen, the degradation met real surroundings that the clean frame lacks
  double edge_error = 1;         // mean squared error of the best prediction at the edge, that inside being 1
};

/// A kernel that is a Gaussian, as far as the pair tells.
struct GaussianBlur {
  double sigma = 0;        // pixels
  double sigma_error = 0;  // its standard error
};

/// A degradation read off a pair: degraded(p) = sum over u of kernel(u) clean(p + u), + offset + noise, where p + u is
/// factor p + phase + u in a downscaled pair.
struct IdentifiedDegradation {
  Kernel kernel;
  std::vector<float> kernel_error;  // standard error of every tap; of white noise, else a lower bound
  double offset = 0;                // normalised
  double gain = 1;                  // sum of the taps
  double centroid_down = 0;         // of the kernel, clean pixels: where a degraded pixel looks in the clean picture
  double centroid_across = 0;
  double centroid_error = 0;        // standard error of the two, pixels
  std::optional<GaussianBlur> gaussian;
  Downscale downscale;
  IdentifiedNoise noise;
  double explained = 0;  // part of the clean-to-degraded change that kernel and offset predict, 0..1
  std::optional<IdentifiedBorder> border;  // when it was looked for, see identify_pair

  /// Real noise, for those who want to draw from it: what is left of `part`, and what kernel and offset predict there,
  /// to know it by brightness. 1 channel, float32, normalised; the rest is around zero. Shared by copies.
  std::shared_ptr<const Section> rest, predicted;

  /// Whether fresh degradations like it can stand for the given one: what it leaves unexplained is white noise of one
  /// strength, or, where nothing was downscaled, of a strength that follows the brightness; so nothing but the kernel
  /// ties degraded to clean.
  bool explains_the_pair() const;

  /// Whether degraded and clean differ by noise alone, though by noise that cannot be drawn afresh, because neighbours share
  /// it: a kernel explains less than a tenth of the change, and the rest is strong (15 of 255), correlated by less than
  /// 0.5, of one strength or one that follows the brightness, not of blocks, and not explains_the_pair().
  bool is_mere_noise() const;

  /// Standard deviation in pixels of the Gaussian that the kernel is; of another kernel, of the one that has the kernel's concentration, sum h^2 / (sum h)^2 =
  /// 1 / (4 pi sigma^2); 0 for a kernel of one tap.
  double blur_sigma() const;
  /// Root of the summed squared standard errors over that of the summed squared taps.
  double kernel_relative_error() const;
  double largest_tap_error() const;

  /// One sentence: what it is, and whether a training will re-degrade with it.
  std::string verdict() const;
};

}  // namespace firstframe
