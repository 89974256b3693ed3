#include "core/engine/symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace firstframe {
namespace {

// Turns axes p and q so that the matrix has a zero where they cross.
void rotate(std::vector<std::vector<double>>& a, std::vector<std::vector<double>>& axes, std::size_t p, std::size_t q) {
  const auto half = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const auto tangent = (half >= 0 ? 1 : -1) / (std::abs(half) + std::sqrt(half * half + 1));
  const auto cosine = 1 / std::sqrt(tangent * tangent + 1), sine = tangent * cosine;
  const auto turn = [&](double& at_p, double& at_q) {
    const auto old_p = at_p, old_q = at_q;
    at_p = cosine * old_p - sine * old_q;
    at_q = sine * old_p + cosine * old_q;
  };
  for (std::size_t i = 0; i < a.size(); ++i) turn(a[i][p], a[i][q]);
  for (std::size_t i = 0; i < a.size(); ++i) turn(a[p][i], a[q][i]);
  for (std::size_t i = 0; i < a.size(); ++i) turn(axes[p][i], axes[q][i]);
}

}  // namespace

SymmetricEigen symmetric_eigen(std::vector<std::vector<double>> a) {
  const auto n = a.size();
  double norm = 0;
  std::vector<std::vector<double>> axes(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    axes[i][i] = 1;
    for (std::size_t j = 0; j < n; ++j) {
      if (j < i) a[i][j] = a[j][i];
      norm += a[i][j] * a[i][j];
    }
  }
  constexpr int kSweeps = 60;  // a dozen are enough
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    double beside = 0;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) beside += a[p][q] * a[p][q];
    if (beside <= 1e-30 * norm) break;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q)
        if (a[p][q] != 0) rotate(a, axes, p, q);
  }

  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto i, auto j) { return a[i][i] > a[j][j]; });
  SymmetricEigen found;
  for (const auto i : order) {
    found.values.push_back(a[i][i]);
    found.vectors.push_back(axes[i]);
  }
  return found;
}

}  // namespace firstframe
