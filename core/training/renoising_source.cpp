#include "core/training/renoising_source.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/choices.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

constexpr double kFreshNoise = 0.5;   // share of patches whose noise comes from elsewhere
constexpr double kTilt = 0.3;         // rows per column at most
constexpr double kStretch = 0.3;      // natural logarithm of the largest stretch down
constexpr double kContrast = 0.2;     // contrast 0.8 to 1.2 around the patch's mean
constexpr double kBrightness = 0.1;   // moved by up to so much
constexpr double kStrength = 0.2;     // natural logarithm of the largest change of the noise's strength
constexpr double kNegative = 0.5;     // share of patches with the sign turned
constexpr double kMostStrength = 4;   // of noise moved from a dark place to a bright one, over what it was

// Where a patch is cut: its pixel (r, c) shows the part at row first_row + moved[c] + stretch r, column first_col + c;
// mirrored, r or c is counted back from the last one.
struct Cut {
  std::int64_t first_row = 0, first_col = 0;
  double stretch = 1;
  bool is_upside_down = false, is_mirrored = false;
  std::vector<double> moved;  // rows, for each column

  std::int64_t side() const { return static_cast<std::int64_t>(moved.size()); }
  double row(std::int64_t r, std::int64_t c) const {
    return static_cast<double>(first_row) + moved[static_cast<std::size_t>(c)] +
           stretch * static_cast<double>(is_upside_down ? side() - 1 - r : r);
  }
  std::int64_t col(std::int64_t c) const { return first_col + (is_mirrored ? side() - 1 - c : c); }
};

// A value becomes contrast * (value - middle) + moved.
struct Change {
  float contrast = 1, middle = 0, moved = 0;

  float of(float value) const { return contrast * (value - middle) + moved; }
};

const float* row_of(const torch::Tensor& plane, std::int64_t row) { return plane.data_ptr<float>() + row * plane.size(1); }

// Tilted and stretched as far as the part has room for it.
Cut chosen_cut(Choices& choices, std::int64_t rows, std::int64_t cols, std::int64_t side, bool is_between_pixels) {
  Cut cut;
  const double tilt = choices.around(kTilt), stretch = std::exp(choices.around(kStretch));
  const double place = choices.uniform();
  cut.first_col = choices.below(cols - side + 1);
  cut.is_mirrored = choices.chance(0.5);
  cut.is_upside_down = choices.chance(0.5);
  if (is_between_pixels) cut.stretch = stretch;
  cut.moved.resize(static_cast<std::size_t>(side));
  const double middle = static_cast<double>(side) / 2;
  for (std::int64_t c = 0; c < side; ++c) {
    const double moved = tilt * (static_cast<double>(c) - middle);
    cut.moved[static_cast<std::size_t>(c)] = is_between_pixels ? moved : std::round(moved);
  }
  const auto lowest_and_highest = std::minmax(cut.moved.front(), cut.moved.back());
  double above = -lowest_and_highest.first, below = lowest_and_highest.second;
  const auto needed = [&] { return above + cut.stretch * static_cast<double>(side) + below + 2; };
  if (needed() > static_cast<double>(rows)) cut.stretch = 1;
  if (needed() > static_cast<double>(rows)) {
    std::fill(cut.moved.begin(), cut.moved.end(), 0);
    above = below = 0;
  }
  const double room = std::max(0.0, static_cast<double>(rows) - needed());
  cut.first_row = static_cast<std::int64_t>(std::ceil(above) + place * room);
  return cut;
}

// A plane's values along the patch's row r, read off between its rows.
void read(const torch::Tensor& plane, const Cut& cut, std::int64_t r, std::vector<float>& line) {
  const auto last = plane.size(0) - 1;
  for (std::int64_t c = 0; c < cut.side(); ++c) {
    const double at = std::clamp(cut.row(r, c), 0.0, static_cast<double>(last));
    const auto row = std::min(static_cast<std::int64_t>(at), last - 1);
    const auto part = static_cast<float>(at - static_cast<double>(row));
    const float above = row_of(plane, row)[cut.col(c)], below = row_of(plane, row + 1)[cut.col(c)];
    line[static_cast<std::size_t>(c)] = above + part * (below - above);
  }
}

Change chosen_change(Choices& choices, const torch::Tensor& clean, const Cut& cut, std::vector<float>& line) {
  constexpr std::int64_t kEvery = 4;  // rows; the mean need not be exact
  double sum = 0;
  std::int64_t count = 0;
  for (std::int64_t r = 0; r < static_cast<std::int64_t>(line.size()); r += kEvery) {
    read(clean, cut, r, line);
    for (const float value : line) sum += value;
    count += static_cast<std::int64_t>(line.size());
  }
  const double middle = sum / static_cast<double>(count);
  const bool is_negative = choices.chance(kNegative);
  const double contrast = 1 + choices.around(kContrast), brightness = choices.around(kBrightness);
  return {static_cast<float>(is_negative ? -contrast : contrast), static_cast<float>(middle),
          static_cast<float>((is_negative ? 1 - middle : middle) + brightness)};
}

}  // namespace

bool RenoisingSource::fits(const Region& part, std::int64_t patch, std::int64_t margin) {
  return std::min(part.rows, part.cols) >= patch + 2 * margin + 2;
}

RenoisingSource::RenoisingSource(const TrainingPair& pair, const Region& part, std::int64_t patch, std::int64_t margin,
                                 std::optional<VarianceLaw> variance)
    : clean_(normalised_tensor(pair.clean, part, Border::reflect)[0].contiguous()),
      patch_(patch),
      margin_(margin),
      variance_(variance) {
  if (!fits(part, patch, margin))
    throw ArgumentError(text("patch: ", patch, " with a margin of ", margin, " does not fit a part of ", name_of(part.extent()),
                             "; use a smaller patch"));
  const auto degraded = normalised_tensor(pair.degraded, part, Border::reflect)[0].contiguous();
  const auto clean = clean_.to(torch::kDouble) - clean_.mean(torch::kDouble);
  gain_ = ((clean * degraded).sum() / clean.square().sum()).item<float>();
  offset_ = (degraded.mean(torch::kDouble) - gain_ * clean_.mean(torch::kDouble)).item<float>();
  noise_ = degraded - (gain_ * clean_ + offset_);
}

// How strong moved noise is over `to` when it was taken from over `from`, both without noise.
float RenoisingSource::relative_strength(float to, float from) const {
  if (!variance_) return 1;
  constexpr double kLeast = 1e-6;  // variance; a place without noise cannot lend any
  const auto at = [&](float value) { return std::max(kLeast, variance_->at(std::clamp(value, 0.0f, 1.0f))); };
  return static_cast<float>(std::min(kMostStrength, std::sqrt(at(to) / at(from))));
}

PatchBatch RenoisingSource::draw(std::int64_t count, torch::Generator& generator) const {
  Choices choices(generator);
  const auto side = patch_ + 2 * margin_;
  const auto rows = clean_.size(0), cols = clean_.size(1);
  PatchBatch batch{torch::empty({count, 1, side, side}), torch::empty({count, 1, patch_, patch_})};
  float* seen = batch.degraded.data_ptr<float>();
  float* target = batch.clean.data_ptr<float>();
  std::vector<float> line(static_cast<std::size_t>(side)), noise(line.size()), there(line.size());
  for (std::int64_t patch = 0; patch < count; ++patch) {
    const bool is_fresh = choices.chance(kFreshNoise);
    const auto cut = chosen_cut(choices, rows, cols, side, is_fresh);
    const auto change = chosen_change(choices, clean_, cut, line);
    const auto strength = static_cast<float>(std::exp(choices.around(kStrength)));
    Cut elsewhere{choices.below(rows - side + 1), choices.below(cols - side + 1), 1, choices.chance(0.5), choices.chance(0.5),
                  std::vector<double>(line.size(), 0)};
    for (std::int64_t r = 0; r < side; ++r) {
      read(clean_, cut, r, line);
      read(noise_, is_fresh ? elsewhere : cut, r, noise);
      if (is_fresh && variance_) read(clean_, elsewhere, r, there);
      for (std::size_t c = 0; c < line.size(); ++c) {
        const float below = gain_ * line[c] + offset_;
        *seen++ = is_fresh ? change.of(below) + strength * relative_strength(change.of(below), gain_ * there[c] + offset_) * noise[c]
                           : change.of(below + noise[c]);
      }
      if (r < margin_ || r >= margin_ + patch_) continue;
      for (std::int64_t c = 0; c < patch_; ++c) *target++ = change.of(line[static_cast<std::size_t>(margin_ + c)]);
    }
  }
  return batch;
}

}  // namespace firstframe
