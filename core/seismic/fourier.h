#pragma once

#include <complex>
#include <cstdint>
#include <vector>

namespace firstframe {

/// Spectra of real signals of one length that lie one after the other: length / 2 + 1 values each, frequency 0 first, without a
/// factor; frequency k is k / length cycles per sample.
std::vector<std::complex<double>> spectra_of(const std::vector<double>& signals, std::int64_t length);

/// The signals again; `length` tells odd ones from even ones.
std::vector<double> signals_of(const std::vector<std::complex<double>>& spectra, std::int64_t length);

/// |2-D transform| of a real matrix, rows x cols: rows / 2 + 1 frequencies down by cols across, of which the middle one,
/// cols / 2, is 0. Without a factor.
std::vector<double> amplitudes_2d(const std::vector<double>& matrix, std::int64_t rows, std::int64_t cols);

/// The matrix with the phases of `phases` and the amplitudes of `amplitudes`, both rows x cols, at every 2-D frequency.
std::vector<double> with_amplitudes_of(const std::vector<double>& phases, const std::vector<double>& amplitudes, std::int64_t rows,
                                       std::int64_t cols);

/// The least length >= `least` whose transform is fast: 2, 3 and 5 are its only prime factors.
std::int64_t fast_length(std::int64_t least);

}  // namespace firstframe
