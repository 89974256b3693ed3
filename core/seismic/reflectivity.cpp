#include "core/seismic/reflectivity.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/poisson.h"

namespace firstframe {
namespace {

using std::numbers::pi;
using Random = std::mt19937_64;

double between(double low, double high, Random& random) { return low + (high - low) * uniform(random); }

double gaussian(Random& random) { return std::sqrt(-2 * std::log(uniform(random))) * std::cos(2 * pi * uniform(random)); }

double strength_of(ReflectionLaw law, double deviation, Random& random) {
  if (law == ReflectionLaw::bernoulli_gaussian) return deviation * gaussian(random);
  const double sign = uniform(random) < 0.5 ? -1 : 1;
  return sign * deviation / std::numbers::sqrt2 * -std::log(uniform(random));
}

// A surface that a level of the column is bent to: samples down at a trace.
struct Surface {
  double slope = 0, height = 0, period = 1, phase = 0;

  double at(double trace, double middle) const {
    return slope * (trace - middle) + height * std::sin(2 * pi * trace / period + phase);
  }
  /// No trace of the section is moved further.
  double most(double traces) const { return std::abs(slope) * traces / 2 + std::abs(height); }
};

struct Fault {
  double trace = 0, slope = 0, moved = 0;  // at the middle sample; traces per sample; samples that what lies beyond goes down
};

struct Reflector {
  double depth = 0, strength = 0, period = 1, phase = 0;
};

class Ground {
 public:
  Ground(const ReflectivitySettings& settings, std::uint64_t seed) : settings_(settings), random_(seed) {
    const auto traces = static_cast<double>(settings.extent.cols), samples = static_cast<double>(settings.extent.rows);
    const auto faults = settings.faults > 0 ? static_cast<int>(poisson(settings.faults, random_)) : 0;
    for (int i = 0; i < faults; ++i) {
      const double sign = uniform(random_) < 0.5 ? -1 : 1;
      faults_.push_back({between(0.05, 0.95, random_) * traces, between(-1, 1, random_) * settings.fault_slope,
                         sign * between(0.2, 1, random_) * settings.throw_samples});
    }
    margin_ = settings.dip * traces / 2 + settings.curvature + settings.throw_samples * static_cast<double>(faults) + 1;
    draw_levels(traces, samples + 2 * margin_);
    draw_reflectors(traces, samples);
  }

  Traces section() const {
    Traces section(settings_.extent);
    const auto [rows, cols] = section.extent;
    for (std::int64_t col = 0; col < cols; ++col)
      for (const auto& reflector : reflectors_) {
        const auto trace = static_cast<double>(col);
        const auto row = std::llround(faulted(reflector.depth + bent(reflector.depth, trace), trace));
        if (row < 0 || row >= rows) continue;
        const double along = std::sin(2 * pi * trace / reflector.period + reflector.phase);
        section.at(row, col) += reflector.strength * (1 + settings_.variation * along);
      }
    return section;
  }

 private:
  void draw_levels(double traces, double depth) {
    const int levels = std::max(2, static_cast<int>(depth / 80) + 1);
    step_ = depth / (levels - 1);
    for (int i = 0; i < levels; ++i) {
      const bool is_flat = uniform(random_) < 0.5;
      const double slope = between(-1, 1, random_) * settings_.dip, height = between(-1, 1, random_) * settings_.curvature;
      levels_.push_back({is_flat ? 0 : slope, height, between(0.6, 2, random_) * traces, between(0, 2 * pi, random_)});
    }
    // Layers that would cross are bent less: two levels may come as near as a third of their distance.
    for (std::size_t i = 1; i < levels_.size(); ++i) {
      const double most = levels_[i - 1].most(traces) + levels_[i].most(traces);
      if (most <= 2 * step_ / 3) continue;
      levels_[i].slope *= 2 * step_ / 3 / most;
      levels_[i].height *= 2 * step_ / 3 / most;
      levels_[i - 1].slope *= 2 * step_ / 3 / most;
      levels_[i - 1].height *= 2 * step_ / 3 / most;
    }
  }

  void draw_reflectors(double traces, double samples) {
    // Laplacian layers keep a sample between them; Bernoulli's law knows no neighbours.
    const bool is_bernoulli = settings_.law == ReflectionLaw::bernoulli_gaussian;
    const double least = is_bernoulli ? 1 : 2;
    for (double depth = -margin_; depth < samples + margin_;) {
      const double gap = least - (settings_.spacing - least) * std::log(uniform(random_));
      depth += is_bernoulli ? std::round(gap) : gap;
      reflectors_.push_back({depth, strength_of(settings_.law, settings_.strength, random_), between(0.5, 2, random_) * traces,
                             between(0, 2 * pi, random_)});
    }
  }

  double bent(double depth, double trace) const {
    const double place = std::clamp((depth + margin_) / step_, 0.0, static_cast<double>(levels_.size() - 1));
    const auto above = std::min(static_cast<std::size_t>(place), levels_.size() - 2);
    const double part = place - static_cast<double>(above), middle = static_cast<double>(settings_.extent.cols) / 2;
    return (1 - part) * levels_[above].at(trace, middle) + part * levels_[above + 1].at(trace, middle);
  }

  double faulted(double sample, double trace) const {
    for (const auto& fault : faults_)
      if (trace > fault.trace + fault.slope * (sample - static_cast<double>(settings_.extent.rows) / 2)) sample += fault.moved;
    return sample;
  }

  const ReflectivitySettings& settings_;
  Random random_;
  std::vector<Fault> faults_;
  std::vector<Surface> levels_;  // every step_ samples from -margin_ on
  std::vector<Reflector> reflectors_;
  double margin_ = 0, step_ = 1;
};

void check(const char* name, double value, double low, double high) {
  if (!(value >= low && value <= high))
    throw ArgumentError(text("synth: ", name, " ", value, " is not accepted; use ", low, "..", high));
}

}  // namespace

std::string_view name_of(ReflectionLaw law) { return law == ReflectionLaw::laplacian ? "laplacian" : "bernoulli-gaussian"; }

std::optional<ReflectionLaw> reflection_law_named(std::string_view name) {
  for (const auto law : {ReflectionLaw::laplacian, ReflectionLaw::bernoulli_gaussian})
    if (name == name_of(law)) return law;
  return std::nullopt;
}

Traces draw_reflectivity(const ReflectivitySettings& settings, std::uint64_t seed) {
  check("samples", static_cast<double>(settings.extent.rows), 16, 32767);
  check("traces", static_cast<double>(settings.extent.cols), 1, 1e6);
  check("spacing", settings.spacing, 2, 1e6);
  check("dip", settings.dip, 0, 10);
  check("curvature", settings.curvature, 0, 1e4);
  check("faults", settings.faults, 0, 100);
  check("throw", settings.throw_samples, 0, 1e4);
  check("fault-slope", settings.fault_slope, 0, 10);
  check("strength", settings.strength, 1e-12, 1e12);
  check("variation", settings.variation, 0, 1);
  return Ground(settings, seed).section();
}

}  // namespace firstframe
