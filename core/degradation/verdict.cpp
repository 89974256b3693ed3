#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "core/degradation/identified.h"

namespace firstframe {
namespace {

constexpr double kWorthAWord = 0.1;  // a kernel that explains less is not what the degradation is about
constexpr double kNothing = 0.1;     // of 255: less is rounding

std::string number(double value, int digits) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(digits) << value;
  return out.str();
}

// One digit more where a whole number would say that nothing is missing.
std::string percent(double part) {
  const double value = 100 * std::clamp(part, 0.0, 1.0);
  return number(value, value > 99 && value < 99.95 ? 1 : 0) + " %";
}

std::string size_word(const IdentifiedDegradation& found) {
  const double sigma = found.blur_sigma();
  return sigma > 0 ? "blur of about " + number(sigma, 1) + " pixels" : "";
}

// A displacement that is clearly larger than its error and than a tenth of a pixel is worth a word.
std::string shift_words(const IdentifiedDegradation& found) {
  const double down = -found.centroid_down, across = -found.centroid_across;
  const double in_kernel = found.downscale.factor > 1 ? 0.55 : 0.1;  // a phase between two pixels is no shift
  const double least = std::max(in_kernel, 3 * found.centroid_error);
  std::string words;
  if (std::abs(down) > least) words = number(std::abs(down), 1) + (down > 0 ? " down" : " up");
  if (std::abs(across) > least)
    words += (words.empty() ? "" : " and ") + number(std::abs(across), 1) + (across > 0 ? " right" : " left");
  return words.empty() ? "" : "a shift of " + words;
}

std::string contrast_words(const IdentifiedDegradation& found) {
  if (std::abs(found.gain - 1) > 0.05) return "a gain of " + number(found.gain, 2);
  return "";
}

// What the kernel does, as a list in words; empty when it does nothing.
std::string deed(const IdentifiedDegradation& found) {
  std::vector<std::string> parts;
  for (auto part : {size_word(found), shift_words(found), contrast_words(found)})
    if (!part.empty()) parts.push_back(std::move(part));
  if (found.downscale.factor > 1) parts.push_back("downscaling by " + std::to_string(found.downscale.factor));
  std::string words;
  for (std::size_t i = 0; i < parts.size(); ++i) words += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return words;
}

std::string noise_words(const IdentifiedNoise& noise) {
  const auto sigma = "sigma " + number(255 * noise.sigma, 2) + " (of 255)";
  const auto correlated = "correlated (" + number(noise.correlation, 2) + ") between neighbours";
  if (noise.is_from_blocks()) return "a rest of " + sigma + " with steps at the edges of 8 x 8 blocks, as JPEG leaves them";
  std::string grows;
  switch (noise.law) {
    case NoiseLaw::constant: return noise.is_white() ? "white noise of " + sigma : "noise of " + sigma + ", " + correlated;
    case NoiseLaw::poisson_like: grows = "noise whose variance grows with brightness, as of counted photons"; break;
    case NoiseLaw::multiplicative: grows = "noise that grows with brightness, as speckle does"; break;
    case NoiseLaw::irregular: grows = "a rest whose strength varies with brightness, but not as noise does"; break;
  }
  return grows + ", of " + sigma + (noise.is_white() ? "" : ", " + correlated);
}

}  // namespace

std::string IdentifiedDegradation::verdict() const {
  const auto done = deed(*this);
  std::string words;
  if (255 * noise.sigma < kNothing) {
    words = (done.empty() ? "a copy" : done) + " without noise";
  } else if (done.empty()) {
    words = noise_words(noise) + " on an otherwise unchanged picture";
  } else if (explained < kWorthAWord && downscale.factor == 1) {
    words = noise_words(noise) + " makes up " + percent(1 - explained) + " of the change";
  } else {
    const bool is_one = done.find(" and ") == std::string::npos;
    words = done + (is_one ? " explains " : " explain ") + percent(explained) + " of the change, and what is left is " +
            noise_words(noise);
  }
  if (explains_the_pair()) return words + ": fresh degradations can stand for it";
  return words + (is_mere_noise() ? ": its noise, moved about, can stand for more of it" : ": the pair is used as it is");
}

}  // namespace firstframe
