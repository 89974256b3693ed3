#include "core/metrics/edge_preservation.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/metrics/intensity.h"

namespace firstframe {
namespace {

constexpr std::int64_t kBandCols = 16;

struct Plane {
  Extent extent;
  std::vector<double> values;

  double at(std::int64_t row, std::int64_t col) const { return values[static_cast<std::size_t>(row * extent.cols + col)]; }
};

Plane plane_of(const SectionView& section) {
  const auto extent = section.layout.extent;
  return {extent, values_in(section, {0, 0, extent.rows, extent.cols})};
}

// Calls visit(row, col) for every pixel with four neighbours.
template <typename Visit>
void inside(Extent extent, const Visit& visit) {
  for (std::int64_t r = 1; r + 1 < extent.rows; ++r)
    for (std::int64_t c = 1; c + 1 < extent.cols; ++c) visit(r, c);
}

double laplacian(const Plane& p, std::int64_t r, std::int64_t c) {
  return p.at(r - 1, c) + p.at(r + 1, c) + p.at(r, c - 1) + p.at(r, c + 1) - 4 * p.at(r, c);
}

double gradient_energy(const Plane& p) {
  double sum = 0;
  inside(p.extent, [&](std::int64_t r, std::int64_t c) {
    const double down = p.at(r + 1, c) - p.at(r - 1, c), across = p.at(r, c + 1) - p.at(r, c - 1);
    sum += down * down + across * across;
  });
  return sum;
}

// What the first must be multiplied by to come closest to the second, whatever their offsets.
double fitted_gain(const Plane& one, const Plane& other) {
  const auto n = static_cast<double>(one.values.size());
  double mean_one = 0, mean_other = 0, products = 0, squares = 0;
  for (std::size_t i = 0; i < one.values.size(); ++i) {
    mean_one += one.values[i] / n;
    mean_other += other.values[i] / n;
  }
  for (std::size_t i = 0; i < one.values.size(); ++i) {
    products += (one.values[i] - mean_one) * (other.values[i] - mean_other);
    squares += (one.values[i] - mean_one) * (one.values[i] - mean_one);
  }
  return squares > 0 ? products / squares : 0;
}

}  // namespace

EdgePreservation edge_preservation(const SectionView& restored, const SectionView& reference) {
  const auto extent = reference.layout.extent;
  if (restored.layout.extent != extent || std::min(extent.rows, extent.cols) < 3)
    throw FormatError(text("edge preservation: restored is ", name_of(restored.layout.extent), ", the reference ",
                           name_of(extent), "; both must show the same section of at least 3 x 3 pixels"));
  const auto a = plane_of(restored), b = plane_of(reference);
  const auto count = static_cast<double>((extent.rows - 2) * (extent.cols - 2));
  double mean_a = 0, mean_b = 0, aa = 0, ab = 0, bb = 0;
  inside(extent, [&](std::int64_t r, std::int64_t c) {
    mean_a += laplacian(a, r, c) / count;
    mean_b += laplacian(b, r, c) / count;
  });
  inside(extent, [&](std::int64_t r, std::int64_t c) {
    const double x = laplacian(a, r, c) - mean_a, y = laplacian(b, r, c) - mean_b;
    aa += x * x;
    ab += x * y;
    bb += y * y;
  });
  const double energy = gradient_energy(b);
  if (bb == 0 || energy == 0) throw FormatError("edge preservation: the reference is flat; it has no edges to keep");
  const double gain = fitted_gain(a, b);
  return {aa > 0 ? ab / std::sqrt(aa * bb) : 0, gain * gain * gradient_energy(a) / energy};
}

double edge_steepness(const SectionView& section) {
  const auto p = plane_of(section);
  const auto [rows, cols] = p.extent;
  if (rows < 3 || cols < kBandCols)
    throw FormatError(text("edge steepness: the picture is ", name_of(p.extent), "; at least 3 x ", kBandCols,
                           " pixels are needed"));
  const auto bands = cols / kBandCols;
  double sum = 0;
  for (std::int64_t band = 0; band < bands; ++band) {
    std::vector<double> line(static_cast<std::size_t>(rows));
    for (std::int64_t r = 0; r < rows; ++r)
      for (std::int64_t c = band * kBandCols; c < (band + 1) * kBandCols; ++c) line[r] += p.at(r, c) / kBandCols;
    const auto [least, most] = std::minmax_element(line.begin(), line.end());
    double steepest = 0;
    for (std::int64_t r = 1; r + 1 < rows; ++r) steepest = std::max(steepest, std::abs(line[r + 1] - line[r - 1]) / 2);
    if (*most > *least) sum += steepest / (*most - *least);
  }
  return sum / static_cast<double>(bands);
}

}  // namespace firstframe
