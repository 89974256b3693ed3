#include "core/seismic/complex_equations.h"

#include <cmath>

namespace firstframe {

void solve_hermitian(std::vector<std::complex<double>>& matrix, std::vector<std::complex<double>>& right) {
  const auto n = right.size();
  const auto a = [&](std::size_t row, std::size_t col) -> std::complex<double>& { return matrix[row * n + col]; };
  for (std::size_t col = 0; col < n; ++col)
    for (std::size_t row = col; row < n; ++row) {
      auto rest = a(row, col);
      for (std::size_t k = 0; k < col; ++k) rest -= a(row, k) * std::conj(a(col, k));
      a(row, col) = row == col ? std::complex<double>(std::sqrt(rest.real())) : rest / a(col, col).real();
    }
  for (std::size_t row = 0; row < n; ++row) {
    for (std::size_t k = 0; k < row; ++k) right[row] -= a(row, k) * right[k];
    right[row] /= a(row, row).real();
  }
  for (std::size_t row = n; row-- > 0;) {
    for (std::size_t k = row + 1; k < n; ++k) right[row] -= std::conj(a(k, row)) * right[k];
    right[row] /= a(row, row).real();
  }
}

}  // namespace firstframe
