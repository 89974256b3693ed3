#include "core/seismic/shaped_division.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/seismic/triangle_smoothing.h"

namespace firstframe {
namespace {

constexpr double kSmallestRest = 1e-6;  // of the right side: where conjugate gradients end

double product(const Traces& a, const Traces& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) sum += a.values[i] * b.values[i];
  return sum;
}

void add(Traces& to, double weight, const Traces& from) {
  for (std::size_t i = 0; i < to.values.size(); ++i) to.values[i] += weight * from.values[i];
}

// What `a` must be multiplied by to give `b`, as smooth as H makes it.
class ShapedDivision {
 public:
  ShapedDivision(const Traces& a, const SimilaritySettings& settings) : a_(a), settings_(settings), level_(rms_of(a)) {}

  Traces run(const Traces& b) const {
    auto rest = b;
    for (std::size_t i = 0; i < rest.values.size(); ++i) rest.values[i] *= a_.values[i];
    smooth(rest);
    Traces solution(b.extent);
    auto direction = rest;
    double power = product(rest, rest);
    const double enough = power * kSmallestRest * kSmallestRest;
    for (std::int64_t i = 0; i < settings_.iterations && power > enough; ++i) {
      const auto applied = apply(direction);
      const double step = power / product(direction, applied);
      add(solution, step, direction);
      add(rest, -step, applied);
      const double next = product(rest, rest);
      for (std::size_t k = 0; k < rest.values.size(); ++k)
        direction.values[k] = rest.values[k] + next / power * direction.values[k];
      power = next;
    }
    smooth(solution);
    return solution;
  }

 private:
  // l^2 p + H (A^2 - l^2) H p: positive definite, since H has no gain.
  Traces apply(const Traces& p) const {
    const double level = level_ * level_;
    auto q = p;
    smooth(q);
    for (std::size_t i = 0; i < q.values.size(); ++i) q.values[i] *= a_.values[i] * a_.values[i] - level;
    smooth(q);
    add(q, level, p);
    return q;
  }

  void smooth(Traces& traces) const { smooth_with_triangles(traces, settings_.half_samples, settings_.half_traces); }

  const Traces& a_;
  const SimilaritySettings& settings_;
  double level_;
};

}  // namespace

Traces shaped_division(const Traces& b, const Traces& a, const SimilaritySettings& settings) {
  if (a.extent != b.extent)
    throw FormatError(text("division: one section is ", name_of(a.extent), ", the other ", name_of(b.extent), "; use two of one size"));
  if (settings.half_samples < 1 || settings.half_traces < 1 || settings.iterations < 1)
    throw ArgumentError(text("division: a triangle of ", settings.half_samples, " x ", settings.half_traces, " and ", settings.iterations,
                             " iterations are not accepted; use 1 or more of each"));
  if (energy_of(a) == 0) return Traces(a.extent);
  return ShapedDivision(a, settings).run(b);
}

}  // namespace firstframe
