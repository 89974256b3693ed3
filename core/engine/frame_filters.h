#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/conv_graph.h"
#include "core/engine/row_kernels.h"

namespace firstframe {

/// The fixed filters that a network sees a frame through, in float32, row by row.
///
/// Where the filters allow it they are sums of a few products of a column and a row of taps: those that undo a round blur
/// are, to within 1/10,000 of their norm, with five to eight such terms for two filters of 25 x 25, which takes a third of
/// the products. The columns are shared by all filters: they are the eigenvectors of the sum of every filter times its
/// transpose, and each filter's rows are its projections on them (the best there is, see C. Eckart and G. Young, "The
/// approximation of one matrix by another of lower rank", 1936). Other filters are applied tap by tap.
class FrameFilters {
 public:
  FrameFilters() = default;

  /// \param tolerance  of what is left out, relative to the norm of all filters; 0 for none
  FrameFilters(const ConvGraph& graph, double tolerance);

  std::int64_t count() const { return count_; }
  std::int64_t reach() const { return size_ / 2; }

  /// Terms of the sum; 0 where the filters are applied tap by tap.
  std::int64_t terms() const { return terms_; }

  /// Values that apply() needs room for.
  std::int64_t room(std::int64_t rows, std::int64_t pixels) const { return terms_ * rows * (pixels + size_); }

  /// \param first  of the pixels to filter, reach() of which lie around them on each side
  /// \param out    [count, rows, pixels]
  void apply(const RowKernels& kernels, const float* first, std::int64_t stride, std::int64_t rows, std::int64_t pixels,
             float* room, float* out) const;

 private:
  std::int64_t count_ = 0, size_ = 0, terms_ = 0;
  std::vector<float> taps_;    // [size, size, count], or
  std::vector<float> down_;    // [size, terms] and
  std::vector<float> across_;  // [terms, size, count]
};

}  // namespace firstframe
