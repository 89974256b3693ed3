#include "core/degradation/identify_noise.h"

#include <algorithm>
#include <cmath>

namespace firstframe {
namespace {

constexpr std::size_t kClasses = 8;
constexpr double kConstant = 0.5;  // a slope below it is called constant
constexpr double kFollows = 0.7;   // part of the variances' variation that a law explains to be named

// The pixels that count, read row by row.
class Inside {
 public:
  Inside(const Section& section, const Region& region)
      : first_(section.samples<float>() + region.row * section.extent().cols + region.col),
        stride_(section.extent().cols),
        region_(region) {}

  double at(std::int64_t row, std::int64_t col) const { return first_[row * stride_ + col]; }
  std::int64_t rows() const { return region_.rows; }
  std::int64_t cols() const { return region_.cols; }

  template <typename Function>
  double mean(const Function& function) const {
    double sum = 0;
    for (std::int64_t r = 0; r < rows(); ++r)
      for (std::int64_t c = 0; c < cols(); ++c) sum += function(at(r, c));
    return sum / static_cast<double>(rows() * cols());
  }

 private:
  const float* first_;
  std::int64_t stride_;
  Region region_;
};

double correlation(const Inside& rest, double mean, double variance, std::int64_t down, std::int64_t across) {
  if (rest.rows() <= down || rest.cols() <= across || variance <= 0) return 0;
  double sum = 0;
  for (std::int64_t r = 0; r + down < rest.rows(); ++r)
    for (std::int64_t c = 0; c + across < rest.cols(); ++c)
      sum += (rest.at(r, c) - mean) * (rest.at(r + down, c + across) - mean);
  return sum / static_cast<double>((rest.rows() - down) * (rest.cols() - across)) / variance;
}

std::vector<BrightnessClass> classes_of(const Inside& rest, const Inside& predicted) {
  std::vector<std::pair<float, float>> pixels;  // brightness, rest
  for (std::int64_t r = 0; r < rest.rows(); ++r)
    for (std::int64_t c = 0; c < rest.cols(); ++c)
      pixels.emplace_back(static_cast<float>(predicted.at(r, c)), static_cast<float>(rest.at(r, c)));
  std::sort(pixels.begin(), pixels.end());
  std::vector<BrightnessClass> classes;
  for (std::size_t i = 0; i < kClasses; ++i) {
    const auto from = pixels.size() * i / kClasses, to = pixels.size() * (i + 1) / kClasses;
    const auto count = static_cast<double>(std::max<std::size_t>(1, to - from));
    double brightness = 0, sum = 0, squares = 0;
    for (auto at = from; at < to; ++at) {
      brightness += pixels[at].first;
      sum += pixels[at].second;
      squares += static_cast<double>(pixels[at].second) * pixels[at].second;
    }
    classes.push_back({brightness / count, std::sqrt(std::max(0.0, squares / count - sum / count * sum / count))});
  }
  return classes;
}

double slope_of(const std::vector<BrightnessClass>& classes) {
  double low = INFINITY, high = 0, mean = 0;
  for (const auto& one : classes) {
    low = std::min(low, one.sigma);
    high = std::max(high, one.sigma);
    mean += one.sigma / static_cast<double>(classes.size());
  }
  return mean > 0 ? (high - low) / mean : 0;
}

// Solves up to three linear equations by elimination with pivots; nothing for a singular set.
std::optional<std::vector<double>> solved(std::vector<std::vector<double>> rows) {
  const auto count = rows.size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto pivot = std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(),
                                        [i](const auto& a, const auto& b) { return std::abs(a[i]) < std::abs(b[i]); });
    std::swap(rows[i], *pivot);
    if (std::abs(rows[i][i]) < 1e-12) return std::nullopt;
    for (std::size_t other = 0; other < count; ++other) {
      if (other == i) continue;
      const double factor = rows[other][i] / rows[i][i];
      for (std::size_t col = i; col <= count; ++col) rows[other][col] -= factor * rows[i][col];
    }
  }
  std::vector<double> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(rows[i][count] / rows[i][i]);
  return result;
}

// Non-negative least squares of three unknowns: the best of all choices of which are zero.
VarianceLaw law_of(const std::vector<BrightnessClass>& classes) {
  VarianceLaw best;
  double least = INFINITY;
  for (unsigned chosen = 1; chosen < 8; ++chosen) {
    std::vector<int> powers;
    for (int power = 0; power < 3; ++power)
      if (chosen & (1u << power)) powers.push_back(power);
    std::vector<std::vector<double>> rows(powers.size(), std::vector<double>(powers.size() + 1, 0.0));
    const auto term = [](const BrightnessClass& one, int power) { return std::pow(std::max(0.0, one.brightness), power); };
    const auto weight = [](const BrightnessClass& one) { return 1 / std::max(1e-24, std::pow(one.sigma, 4)); };
    for (const auto& one : classes)
      for (std::size_t i = 0; i < powers.size(); ++i) {
        for (std::size_t j = 0; j < powers.size(); ++j)
          rows[i][j] += weight(one) * term(one, powers[i]) * term(one, powers[j]);
        rows[i].back() += weight(one) * term(one, powers[i]) * one.sigma * one.sigma;
      }
    const double scale = rows[0][0] > 0 ? 1 / rows[0][0] : 1;
    for (auto& row : rows)
      for (auto& value : row) value *= scale;
    const auto found = solved(rows);
    if (!found || std::any_of(found->begin(), found->end(), [](double value) { return value < 0; })) continue;
    VarianceLaw law;
    for (std::size_t i = 0; i < powers.size(); ++i)
      (powers[i] == 0 ? law.constant : powers[i] == 1 ? law.linear : law.square) = (*found)[i];
    double error = 0;
    for (const auto& one : classes)
      error += weight(one) * std::pow(law.at(std::max(0.0, one.brightness)) - one.sigma * one.sigma, 2);
    if (error < least) {
      least = error;
      best = law;
    }
  }
  return best;
}

NoiseLaw kind_of(const VarianceLaw& law, const std::vector<BrightnessClass>& classes, double slope) {
  if (slope < kConstant) return NoiseLaw::constant;
  double mean = 0;
  for (const auto& one : classes) mean += one.sigma * one.sigma / static_cast<double>(classes.size());
  double spread = 0, left = 0;
  for (const auto& one : classes) {
    const double variance = one.sigma * one.sigma;
    spread += (variance - mean) * (variance - mean);
    left += std::pow(variance - law.at(std::max(0.0, one.brightness)), 2);
  }
  if (left > (1 - kFollows) * spread) return NoiseLaw::irregular;
  const double dark = std::max(0.0, classes.front().brightness), bright = std::max(0.0, classes.back().brightness);
  return law.linear * (bright - dark) > law.square * (bright * bright - dark * dark) ? NoiseLaw::poisson_like
                                                                                     : NoiseLaw::multiplicative;
}

// Steps between neighbours down and across, at block edges and elsewhere.
double blockiness(const Inside& rest, std::int64_t first_row, std::int64_t first_col) {
  double at_edges = 0, elsewhere = 0;
  std::int64_t edges = 0, others = 0;
  const auto count = [&](double step, bool is_edge) {
    (is_edge ? at_edges : elsewhere) += std::abs(step);
    ++(is_edge ? edges : others);
  };
  for (std::int64_t r = 0; r < rest.rows(); ++r)
    for (std::int64_t c = 0; c < rest.cols(); ++c) {
      if (r > 0) count(rest.at(r, c) - rest.at(r - 1, c), (r + first_row) % 8 == 0);
      if (c > 0) count(rest.at(r, c) - rest.at(r, c - 1), (c + first_col) % 8 == 0);
    }
  if (edges == 0 || others == 0 || elsewhere == 0) return 1;
  return at_edges / static_cast<double>(edges) / (elsewhere / static_cast<double>(others));
}

}  // namespace

IdentifiedNoise identify_noise(const Section& rest, const Section& predicted, const Region& inside,
                               std::int64_t first_row, std::int64_t first_col) {
  const Inside noise(rest, inside), brightness(predicted, inside);
  IdentifiedNoise found;
  const double mean = noise.mean([](double value) { return value; });
  const double variance = noise.mean([&](double value) { return (value - mean) * (value - mean); });
  found.sigma = std::sqrt(variance);
  if (variance > 0)
    found.skew = noise.mean([&](double value) { return std::pow(value - mean, 3); }) / std::pow(variance, 1.5);
  for (std::int64_t down = 0; down < IdentifiedNoise::kLags; ++down)
    for (std::int64_t across = 0; across < IdentifiedNoise::kLags; ++across)
      found.correlations[down][across] = correlation(noise, mean, variance, down, across);
  const double down = found.correlations[1][0], across = found.correlations[0][1];
  found.correlation = std::abs(down) > std::abs(across) ? down : across;
  found.classes = classes_of(noise, brightness);
  found.slope = slope_of(found.classes);
  found.variance = law_of(found.classes);
  found.law = kind_of(found.variance, found.classes, found.slope);
  found.blockiness = blockiness(noise, first_row + inside.row, first_col + inside.col);
  return found;
}

}  // namespace firstframe
