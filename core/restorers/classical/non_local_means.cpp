#include "core/restorers/classical/non_local_means.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace firstframe {
namespace {

constexpr std::int64_t kPatch = 2 * kNlmPatchReach + 1;
constexpr float kFaintest =
    40;  // weights end at exp(-40): below any pixel's rounding, far above denormal numbers

// std::min and std::max take references, which keeps loops from being vectorised.
inline float at_least(float bound, float x) { return x < bound ? bound : x; }
inline float at_most(float bound, float x) { return x > bound ? bound : x; }

// exp(x) for x in -40..0 with 7 good digits. Unlike std::exp the compiler turns it into vector instructions, and it
// gives the same bits everywhere: 2^n from the exponent's bits, the rest from the series.
inline float exp_of_negative(float x) {
  const float scaled = x * 1.44269504f;
  const auto n = static_cast<std::int32_t>(scaled - 0.5f);  // nearest whole number, scaled being negative
  const float rest = (scaled - static_cast<float>(n)) * 0.69314718f;
  const float series =
      1 + rest * (1 + rest * (0.5f + rest * (1.0f / 6 + rest * (1.0f / 24 +
                                                                rest * (1.0f / 120 + rest * (1.0f / 720))))));
  return series * std::bit_cast<float>((n + 127) << 23);
}

// Weighted sums of the pixels whose patch lies inside the plane: the tile and the pixels it is compared with.
class Sums {
 public:
  Sums(const float* noisy, Extent plane, float sigma, float h)
      : noisy_(noisy),
        plane_(plane),
        free_(2 * sigma * sigma),
        decay_(1 / (h * h)),
        rows_of_squares_(static_cast<std::size_t>(kPatch * plane.cols)),
        weight_row_(static_cast<std::size_t>(plane.cols)),
        values_(noisy, noisy + plane.area()),  // the pixel itself, with weight 1
        weights_(static_cast<std::size_t>(plane.area()), 1.0f) {}

  // Adds every pixel to the one (down, right) of it and the other way round; down > 0, or down 0 and right > 0.
  void add_shift(std::int64_t down, std::int64_t right) {
    const auto first_row = kNlmPatchReach, last_row = plane_.rows - kNlmPatchReach - down;
    const auto first_col = kNlmPatchReach + std::max<std::int64_t>(0, -right);
    const auto count = plane_.cols - 2 * kNlmPatchReach - std::abs(right);
    for (std::int64_t r = 0; r < kPatch - 1; ++r) squares_of_row(r, down, right, first_col, count);
    for (std::int64_t r = first_row; r < last_row; ++r) {
      squares_of_row(r + kNlmPatchReach, down, right, first_col, count);
      weigh(r, count);
      const auto here = r * plane_.cols + first_col;
      gather(here, here + down * plane_.cols + right, count);
      gather(here + down * plane_.cols + right, here, count);
    }
  }

  void finish(Extent extent, float* denoised) const {
    for (std::int64_t r = 0; r < extent.rows; ++r) {
      const auto from = (r + kNlmHalo) * plane_.cols + kNlmHalo;
      for (std::int64_t c = 0; c < extent.cols; ++c)
        denoised[r * extent.cols + c] = values_[from + c] / weights_[from + c];
    }
  }

 private:
  // Sums of kPatch squared differences along a row, into the ring of the last kPatch rows.
  void squares_of_row(std::int64_t row, std::int64_t down, std::int64_t right, std::int64_t first_col,
                      std::int64_t count) {
    const float* a = noisy_ + row * plane_.cols + first_col - kNlmPatchReach;
    const float* b = a + down * plane_.cols + right;
    float* out = rows_of_squares_.data() + row % kPatch * plane_.cols;
    for (std::int64_t c = 0; c < count; ++c) {
      float sum = 0;
      for (std::int64_t k = 0; k < kPatch; ++k) {
        const float difference = a[c + k] - b[c + k];
        sum += difference * difference;
      }
      out[c] = sum;
    }
  }

  // The rows of a patch are added from top to bottom, so that a weight does not depend on where the ring stands.
  void weigh(std::int64_t row, std::int64_t count) {
    constexpr float kPerPatch = 1.0f / (kPatch * kPatch);
    const auto line = [&](std::int64_t k) {
      return rows_of_squares_.data() + (row - kNlmPatchReach + k) % kPatch * plane_.cols;
    };
    const float *first = line(0), *second = line(1), *third = line(2), *fourth = line(3), *fifth = line(4);
    float* weight = weight_row_.data();
    const float free = free_, decay = decay_;
    for (std::int64_t c = 0; c < count; ++c) {
      const float sum = first[c] + second[c] + third[c] + fourth[c] + fifth[c];
      const float excess = (sum * kPerPatch - free) * decay;
      weight[c] = at_least(0, at_most(kFaintest, excess));
    }
    for (std::int64_t c = 0; c < count; ++c)
      weight[c] = exp_of_negative(-weight[c]);  // in one loop neither is vectorised
  }

  void gather(std::int64_t to, std::int64_t from, std::int64_t count) {
    float* value = values_.data() + to;
    float* total = weights_.data() + to;
    const float* source = noisy_ + from;
    const float* weight = weight_row_.data();
    for (std::int64_t c = 0; c < count; ++c) {
      value[c] += weight[c] * source[c];
      total[c] += weight[c];
    }
  }

  static_assert(kPatch == 5, "weigh() adds five rows");

  const float* noisy_;
  Extent plane_;
  float free_;
  float decay_;
  std::vector<float> rows_of_squares_, weight_row_, values_, weights_;
};

}  // namespace

void non_local_means(const float* noisy, Extent extent, float sigma, float h, float* denoised) {
  Sums sums(noisy, {extent.rows + 2 * kNlmHalo, extent.cols + 2 * kNlmHalo}, sigma, h);
  for (std::int64_t right = 1; right <= kNlmSearchReach; ++right) sums.add_shift(0, right);
  for (std::int64_t down = 1; down <= kNlmSearchReach; ++down)
    for (std::int64_t right = -kNlmSearchReach; right <= kNlmSearchReach; ++right)
      sums.add_shift(down, right);
  sums.finish(extent, denoised);
}

}  // namespace firstframe
