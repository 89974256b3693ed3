#include "core/engine/frame_filters.h"

#include <algorithm>

#include "core/engine/symmetric_eigen.h"

namespace firstframe {
namespace {

// So many terms that they still are half the work: `count` size^2 products tap by tap, (1 + count) size a term.
std::int64_t most_terms(std::int64_t count, std::int64_t size) { return count * size / (1 + count) / 2; }

}  // namespace

FrameFilters::FrameFilters(const ConvGraph& graph, double tolerance) : count_(graph.filter_count), size_(graph.filter_size) {
  const auto tap = [&](std::int64_t filter, std::int64_t y, std::int64_t x) {
    return static_cast<double>(graph.filters[static_cast<std::size_t>((filter * size_ + y) * size_ + x)]);
  };
  std::vector<std::vector<double>> products(static_cast<std::size_t>(size_),
                                            std::vector<double>(static_cast<std::size_t>(size_)));
  double norm = 0;
  for (std::int64_t y = 0; y < size_; ++y)
    for (std::int64_t z = y; z < size_; ++z)
      for (std::int64_t filter = 0; filter < count_; ++filter)
        for (std::int64_t x = 0; x < size_; ++x) {
          products[y][z] += tap(filter, y, x) * tap(filter, z, x);
          if (y == z) norm += tap(filter, y, x) * tap(filter, y, x);
        }
  if (count_ > 0 && tolerance > 0) {
    const auto eigen = symmetric_eigen(std::move(products));
    auto rest = norm;
    std::int64_t terms = 0;
    while (terms < size_ && rest > tolerance * tolerance * norm) rest -= eigen.values[static_cast<std::size_t>(terms++)];
    if (terms > 0 && terms <= most_terms(count_, size_)) {
      terms_ = terms;
      down_.resize(static_cast<std::size_t>(size_ * terms_));
      across_.assign(static_cast<std::size_t>(terms_ * size_ * count_), 0.0f);
      for (std::int64_t term = 0; term < terms_; ++term) {
        const auto& column = eigen.vectors[static_cast<std::size_t>(term)];
        for (std::int64_t y = 0; y < size_; ++y)
          down_[static_cast<std::size_t>(y * terms_ + term)] = static_cast<float>(column[y]);
        for (std::int64_t x = 0; x < size_; ++x)
          for (std::int64_t filter = 0; filter < count_; ++filter) {
            double projection = 0;
            for (std::int64_t y = 0; y < size_; ++y) projection += column[y] * tap(filter, y, x);
            across_[static_cast<std::size_t>((term * size_ + x) * count_ + filter)] = static_cast<float>(projection);
          }
      }
      return;
    }
  }
  taps_.resize(graph.filters.size());
  for (std::int64_t filter = 0; filter < count_; ++filter)
    for (std::int64_t y = 0; y < size_; ++y)
      for (std::int64_t x = 0; x < size_; ++x)
        taps_[static_cast<std::size_t>((y * size_ + x) * count_ + filter)] = static_cast<float>(tap(filter, y, x));
}

void FrameFilters::apply(const RowKernels& kernels, const float* first, std::int64_t stride, std::int64_t rows,
                         std::int64_t pixels, float* room, float* out) const {
  FilterJob job;
  job.first = first - reach() * stride - reach();
  job.stride = stride;
  job.rows = rows;
  job.tap_rows = size_;
  if (terms_ == 0) {
    job.taps = taps_.data();
    job.tap_cols = size_;
    job.filters = count_;
    job.pixels = job.out_stride = pixels;
    job.out = out;
    return kernels.filter(job);
  }
  // Down the columns first, then across what they give.
  const auto wide = pixels + size_ - 1;
  job.taps = down_.data();
  job.tap_cols = 1;
  job.filters = terms_;
  job.pixels = job.out_stride = wide;
  job.out = room;
  kernels.filter(job);

  FilterJob across;
  across.first = room;
  across.stride = wide;
  across.planes = terms_;
  across.plane_stride = rows * wide;
  across.taps = across_.data();
  across.tap_rows = 1;
  across.tap_cols = size_;
  across.filters = count_;
  across.rows = rows;
  across.pixels = across.out_stride = pixels;
  across.out = out;
  kernels.filter(across);
}

}  // namespace firstframe
