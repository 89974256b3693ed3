#include "core/training/dead_leaves.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/blur.h"

namespace firstframe {
namespace {

constexpr double kExponent = 1.6;          // of the sizes: P(radius > r) ~ r^-1.6
constexpr double kSmallestRadius = 1.0;    // pixels
constexpr double kLeavesPerPixel = 0.05;
constexpr double kEdgeBlur = 0.6;          // pixels: as soft as a sharp photograph's edges

class Painter {
 public:
  Painter(Section& scene, std::span<const float> values, std::uint64_t seed)
      : pixels_(scene.samples<float>()), side_(scene.extent().rows), values_(values), random_(seed) {}

  void paint_leaf() {
    const double radius = std::min(static_cast<double>(side_) / 4, kSmallestRadius * std::pow(uniform() + 1e-3, -1 / kExponent));
    const double row = uniform() * static_cast<double>(side_), col = uniform() * static_cast<double>(side_);
    const double angle = uniform() * std::numbers::pi;
    const Shape shape = one_shape();
    const Fill fill = one_fill();
    const double reach = 1.5 * radius + 1;
    const double sine = std::sin(angle), cosine = std::cos(angle);
    for (auto r = inside(row - reach); r < inside(row + reach); ++r)
      for (auto c = inside(col - reach); c < inside(col + reach); ++c) {
        const double down = static_cast<double>(r) - row, across = static_cast<double>(c) - col;
        const double u = down * cosine + across * sine, v = across * cosine - down * sine;
        if (covers(shape, radius, u, v)) pixels_[r * side_ + c] = std::clamp(value(fill, radius, u), 0.0f, 1.0f);
      }
  }

 private:
  enum class Shape { disc, box, ellipse, line };

  struct Fill {
    float base = 0;
    float slope = 0;       // change from one side to the other
    float amplitude = 0;   // of stripes
    double frequency = 0;  // radians per pixel
    double phase = 0;
  };

  double uniform() { return std::uniform_real_distribution<double>()(random_); }
  float one_value() { return values_[static_cast<std::size_t>(uniform() * static_cast<double>(values_.size()))]; }
  std::int64_t inside(double at) const { return std::clamp<std::int64_t>(std::llround(at), 0, side_); }

  Shape one_shape() {
    const double chance = uniform();
    if (chance < 0.35) return Shape::disc;
    if (chance < 0.70) return Shape::box;
    return chance < 0.85 ? Shape::ellipse : Shape::line;
  }

  Fill one_fill() {
    Fill fill{one_value()};
    const double chance = uniform();
    if (chance < 0.40) {
      fill.slope = (one_value() - fill.base) * static_cast<float>(uniform());
    } else if (chance < 0.55) {
      fill.amplitude = 0.25f * static_cast<float>(uniform());
      fill.frequency = 2 * std::numbers::pi / (2 + 6 * uniform());
      fill.phase = 2 * std::numbers::pi * uniform();
    }
    return fill;
  }

  static bool covers(Shape shape, double radius, double u, double v) {
    switch (shape) {
      case Shape::disc: return u * u + v * v < radius * radius;
      case Shape::box: return std::abs(u) < radius && std::abs(v) < 0.6 * radius;
      case Shape::ellipse: return u * u + v * v / (0.35 * 0.35) < radius * radius;
      case Shape::line: return std::abs(u) < 1.4 * radius && std::abs(v) < std::max(0.5, 0.08 * radius);
    }
    return false;
  }

  static float value(const Fill& fill, double radius, double u) {
    if (fill.amplitude > 0) return fill.base + fill.amplitude * static_cast<float>(std::sin(fill.frequency * u + fill.phase));
    return fill.base + fill.slope * static_cast<float>(0.5 + 0.5 * u / radius);
  }

  float* pixels_;
  std::int64_t side_;
  std::span<const float> values_;
  std::mt19937_64 random_;
};

}  // namespace

Section dead_leaves(std::int64_t side, std::span<const float> values, std::uint64_t seed) {
  if (side < 16 || values.empty())
    throw ArgumentError(text("dead leaves: a side of ", side, " and ", values.size(), " values are not accepted; use a side of 16 or more and at least one value"));
  Section scene(SampleType::float32, 1, {side, side});
  std::fill_n(scene.samples<float>(), side * side, values[values.size() / 2]);
  Painter painter(scene, values, seed);
  const auto leaves = static_cast<std::int64_t>(kLeavesPerPixel * static_cast<double>(side * side));
  for (std::int64_t i = 0; i < leaves; ++i) painter.paint_leaf();
  blur(scene, gaussian_kernel(kEdgeBlur, 5), Border::reflect);
  return scene;
}

}  // namespace firstframe
