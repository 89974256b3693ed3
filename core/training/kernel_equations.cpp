#include "core/training/kernel_equations.h"

#include <algorithm>
#include <numeric>

#include "core/frame/normalised.h"

namespace firstframe {
namespace {

struct Plane {
  std::int64_t rows = 0, cols = 0;
  std::vector<double> values;

  const double* at(std::int64_t row, std::int64_t col) const { return values.data() + row * cols + col; }
};

Plane plane_of(const Section& section, const Region& region) {
  std::vector<float> values(static_cast<std::size_t>(region.rows * region.cols));
  load_normalised(section.view(), region, Border::reflect, values.data());
  return {region.rows, region.cols, {values.begin(), values.end()}};
}

// columns[x] += sum over `rows` rows of a b, four rows at a time to touch `columns` less often.
void add_products(double* columns, std::int64_t count, const double* a, std::int64_t a_stride, const double* b,
                  std::int64_t b_stride, std::int64_t rows) {
  std::int64_t row = 0;
  for (; row + 4 <= rows; row += 4, a += 4 * a_stride, b += 4 * b_stride) {
    const double *a1 = a + a_stride, *a2 = a1 + a_stride, *a3 = a2 + a_stride;
    const double *b1 = b + b_stride, *b2 = b1 + b_stride, *b3 = b2 + b_stride;
    for (std::int64_t x = 0; x < count; ++x) columns[x] += a[x] * b[x] + a1[x] * b1[x] + a2[x] * b2[x] + a3[x] * b3[x];
  }
  for (; row < rows; ++row, a += a_stride, b += b_stride)
    for (std::int64_t x = 0; x < count; ++x) columns[x] += a[x] * b[x];
}

class TileSums {
 public:
  TileSums(KernelEquations& equations, Plane clean, Plane degraded)
      : all_(equations),
        size_(2 * equations.reach + 1),
        clean_(std::move(clean)),
        degraded_(std::move(degraded)),
        place_(static_cast<std::size_t>(size_ * size_)) {
    const auto taps = taps_by_ring(equations.reach);
    for (std::size_t i = 0; i < taps.size(); ++i)
      place_[static_cast<std::size_t>((taps[i].row + equations.reach) * size_ + taps[i].col + equations.reach)] = i;
  }

  void add() {
    add_right();
    for (std::int64_t down = 0; down < size_; ++down)
      for (std::int64_t across = down == 0 ? 0 : 1 - size_; across < size_; ++across) add_difference(down, across);
    all_.count += static_cast<double>(degraded_.rows * degraded_.cols);
    for (const double value : degraded_.values) {
      all_.degraded_sum += value;
      all_.degraded_power += value * value;
    }
  }

 private:
  std::size_t tap(std::int64_t row, std::int64_t col) const { return place_[static_cast<std::size_t>(row * size_ + col)]; }

  void add_right() {
    const std::vector<double> ones(degraded_.values.size(), 1.0);
    std::vector<double> columns;
    const auto sum_with = [&](const double* other, std::int64_t row, std::int64_t col) {
      columns.assign(static_cast<std::size_t>(degraded_.cols), 0.0);
      add_products(columns.data(), degraded_.cols, other, degraded_.cols, clean_.at(row, col), clean_.cols, degraded_.rows);
      return std::accumulate(columns.begin(), columns.end(), 0.0);
    };
    for (std::int64_t row = 0; row < size_; ++row)
      for (std::int64_t col = 0; col < size_; ++col) {
        all_.right[tap(row, col)] += sum_with(degraded_.values.data(), row, col);
        all_.sums[tap(row, col)] += sum_with(ones.data(), row, col);
      }
  }

  // All pairs of taps that lie `down`, `across` from each other: their windows differ in a few rows and columns only.
  void add_difference(std::int64_t down, std::int64_t across) {
    const auto first_col = std::max<std::int64_t>(0, -across), last_col = size_ - 1 - std::max<std::int64_t>(0, across);
    const auto width = degraded_.cols + last_col - first_col;
    const auto a = [&](std::int64_t row) { return clean_.at(row, first_col); };
    const auto b = [&](std::int64_t row) { return clean_.at(row + down, first_col + across); };
    std::vector<double> columns(static_cast<std::size_t>(width), 0.0);
    add_products(columns.data(), width, a(0), clean_.cols, b(0), clean_.cols, degraded_.rows);
    for (std::int64_t row = 0;; ++row) {
      double sum = std::accumulate(columns.begin(), columns.begin() + degraded_.cols, 0.0);
      for (std::int64_t col = first_col;; ++col) {
        add_pair(tap(row, col), tap(row + down, col + across), sum);
        if (col == last_col) break;
        const auto left = static_cast<std::size_t>(col - first_col);
        sum += columns[left + static_cast<std::size_t>(degraded_.cols)] - columns[left];
      }
      if (row + down == size_ - 1) break;
      const double *out_a = a(row), *out_b = b(row), *in_a = a(row + degraded_.rows), *in_b = b(row + degraded_.rows);
      for (std::int64_t x = 0; x < width; ++x) columns[static_cast<std::size_t>(x)] += in_a[x] * in_b[x] - out_a[x] * out_b[x];
    }
  }

  void add_pair(std::size_t one, std::size_t other, double sum) {
    const auto count = place_.size();
    all_.products[one * count + other] += sum;
    if (one != other) all_.products[other * count + one] += sum;
  }

  KernelEquations& all_;
  std::int64_t size_;
  Plane clean_, degraded_;
  std::vector<std::size_t> place_;
};

}  // namespace

std::vector<Tap> taps_by_ring(std::int64_t reach) {
  std::vector<Tap> taps;
  for (std::int64_t ring = 0; ring <= reach; ++ring)
    for (std::int64_t row = -ring; row <= ring; ++row)
      for (std::int64_t col = -ring; col <= ring; ++col)
        if (std::max(std::abs(row), std::abs(col)) == ring) taps.push_back({row, col});
  return taps;
}

KernelEquations kernel_equations(const TrainingPair& pair, const std::vector<Region>& tiles, std::int64_t reach) {
  const auto taps = static_cast<std::size_t>((2 * reach + 1) * (2 * reach + 1));
  KernelEquations equations;
  equations.reach = reach;
  equations.products.assign(taps * taps, 0.0);
  equations.right.assign(taps, 0.0);
  equations.sums.assign(taps, 0.0);
  for (const auto& tile : tiles) {
    const Region grown{tile.row - reach, tile.col - reach, tile.rows + 2 * reach, tile.cols + 2 * reach};
    TileSums(equations, plane_of(pair.clean, grown), plane_of(pair.degraded, tile)).add();
  }
  return equations;
}

}  // namespace firstframe
