#pragma once

#include <complex>
#include <vector>

namespace firstframe {

/// Solves matrix * x = right in place by Cholesky's method. The matrix is Hermitian and positive definite, row by row, n x n with
/// n = right.size(); it is overwritten. Small n: a handful.
void solve_hermitian(std::vector<std::complex<double>>& matrix, std::vector<std::complex<double>>& right);

}  // namespace firstframe
