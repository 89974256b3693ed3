#include "core/training/redegrading_source.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/training/choices.h"

namespace firstframe {
namespace {

// Contrast 0.8 to 1.2 around the patch's mean, half of them negative, brightness moved by up to 0.15.
constexpr double kLeastContrast = 0.8;
constexpr double kContrastRange = 0.4;
constexpr double kBrightnessRange = 0.3;

// A patch's values become contrast * (value - middle) + moved, and noise is added.
struct Change {
  float contrast = 1, middle = 0, moved = 0, noise = 0;
};

const float* at(const torch::Tensor& picture, std::int64_t channel, std::int64_t row, std::int64_t col) {
  return picture.data_ptr<float>() + (channel * picture.size(1) + row) * picture.size(2) + col;
}

float mean_of(const torch::Tensor& clean, std::int64_t row, std::int64_t col, std::int64_t side) {
  double sum = 0;
  for (std::int64_t r = 0; r < side; ++r) {
    const float* line = at(clean, 0, row + r, col);
    for (std::int64_t c = 0; c < side; ++c) sum += line[c];
  }
  return static_cast<float>(sum / static_cast<double>(side * side));
}

Change one_change(Choices& choices, float middle, const Variation& variation) {
  const bool is_negative = choices.chance(0.5);
  const double contrast = kLeastContrast + kContrastRange * choices.uniform();
  const double brightness = kBrightnessRange * (choices.uniform() - 0.5);
  const double strength = choices.chance(variation.jittered) ? variation.most_noise * choices.uniform() : 1;
  const double sign = choices.chance(0.5) ? -1 : 1;
  return {static_cast<float>(is_negative ? -contrast : contrast), middle,
          static_cast<float>((is_negative ? 1 - middle : middle) + brightness), static_cast<float>(sign * strength)};
}

// How strong the noise is at values of `line` once they are changed, 1 being the strength of the bank's.
void follow_brightness(const VarianceLaw& variance, const Change& change, float middle, float moved, const float* line,
                       std::int64_t count, float* strength) {
  const auto constant = static_cast<float>(variance.constant), linear = static_cast<float>(variance.linear),
             square = static_cast<float>(variance.square);
  for (std::int64_t c = 0; c < count; ++c) {
    const float value = std::clamp(change.contrast * (line[c] - middle) + moved, 0.0f, 1.0f);
    strength[c] = change.noise * std::sqrt(constant + value * (linear + value * square));
  }
}

}  // namespace

RedegradingSource::RedegradingSource(DegradedBank bank, std::int64_t patch, std::int64_t margin, const Variation& variation)
    : bank_(std::move(bank)), patch_(patch), margin_(margin), variation_(variation) {}

PatchBatch RedegradingSource::draw(std::int64_t count, torch::Generator& generator) const {
  Choices choices(generator);
  const auto side = patch_ + 2 * margin_;
  const auto channels = bank_.noise.size(0);
  PatchBatch batch{torch::empty({count, channels, side, side}), torch::empty({count, 1, patch_, patch_})};
  float* seen = batch.degraded.data_ptr<float>();
  float* target = batch.clean.data_ptr<float>();
  std::vector<float> strength(static_cast<std::size_t>(side * side));
  for (std::int64_t patch = 0; patch < count; ++patch) {
    const auto& pictures = !bank_.drawn.empty() && choices.chance(variation_.drawn) ? bank_.drawn : bank_.given;
    const auto& picture = pictures[static_cast<std::size_t>(choices.below(static_cast<std::int64_t>(pictures.size())))];
    const auto start = [&](std::int64_t length) { return bank_.multiple * choices.below((length - side) / bank_.multiple + 1); };
    const auto row = start(picture.clean.size(1)), col = start(picture.clean.size(2));
    const auto noise_row = start(bank_.noise.size(1)), noise_col = start(bank_.noise.size(2));
    const auto change = one_change(choices, mean_of(picture.clean, row + margin_, col + margin_, patch_), variation_);

    std::fill(strength.begin(), strength.end(), change.noise);
    if (bank_.relative_variance)
      for (std::int64_t r = 0; r < side; ++r)
        follow_brightness(*bank_.relative_variance, change, bank_.gain * change.middle, bank_.gain * change.moved + bank_.offset,
                          at(picture.seen, 0, row + r, col), side, strength.data() + r * side);
    for (std::int64_t channel = 0; channel < channels; ++channel) {
      // What a filter changes has no brightness of its own.
      const float middle = channel == 0 ? bank_.gain * change.middle : 0;
      const float moved = channel == 0 ? bank_.gain * change.moved + bank_.offset : 0;
      for (std::int64_t r = 0; r < side; ++r) {
        const float* line = at(picture.seen, channel, row + r, col);
        const float* noise = at(bank_.noise, channel, noise_row + r, noise_col);
        const float* strong = strength.data() + r * side;
        for (std::int64_t c = 0; c < side; ++c) *seen++ = change.contrast * (line[c] - middle) + moved + strong[c] * noise[c];
      }
    }
    for (std::int64_t r = 0; r < patch_; ++r) {
      const float* line = at(picture.clean, 0, row + margin_ + r, col + margin_);
      for (std::int64_t c = 0; c < patch_; ++c) *target++ = change.contrast * (line[c] - change.middle) + change.moved;
    }
  }
  return batch;
}

}  // namespace firstframe
