#pragma once

#include <vector>

namespace firstframe {

/// The eigenvalues of a symmetric matrix, the largest first, and its eigenvectors.
struct SymmetricEigen {
  std::vector<double> values;                // [n]
  std::vector<std::vector<double>> vectors;  // [n, n], one a row, of length 1
};

/// By Jacobi's rotations (C. G. J. Jacobi, 1846; e.g. Golub and Van Loan, "Matrix Computations", section 8.5), for matrices
/// of a few dozen rows.
/// \param matrix  [n, n]; its upper triangle is read
SymmetricEigen symmetric_eigen(std::vector<std::vector<double>> matrix);

}  // namespace firstframe
