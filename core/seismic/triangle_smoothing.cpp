#include "core/seismic/triangle_smoothing.h"

#include <algorithm>
#include <vector>

namespace firstframe {
namespace {

// Triangle of half width n: the weights n - |lag|, |lag| < n, over n * n; the line is mirrored as often as it must be.
void smooth_line(std::vector<double>& line, std::int64_t n, std::vector<double>& room) {
  if (n <= 1) return;
  const auto length = static_cast<std::int64_t>(line.size());
  const auto mirrored = [&](std::int64_t i) {
    const auto turn = ((i % (2 * length)) + 2 * length) % (2 * length);
    return line[static_cast<std::size_t>(turn < length ? turn : 2 * length - 1 - turn)];
  };
  // Boxes of n ending at i, then boxes of n beginning there: centred together.
  room.resize(static_cast<std::size_t>(length + n - 1));
  double sum = 0;
  for (std::int64_t i = -n + 1; i < 0; ++i) sum += mirrored(i);
  for (std::int64_t i = 0; i < length + n - 1; ++i) {
    sum += mirrored(i);
    room[static_cast<std::size_t>(i)] = sum;
    sum -= mirrored(i - n + 1);
  }
  const double scale = 1.0 / static_cast<double>(n * n);
  sum = 0;
  for (std::int64_t i = 0; i < n - 1; ++i) sum += room[static_cast<std::size_t>(i)];
  for (std::int64_t i = 0; i < length; ++i) {
    sum += room[static_cast<std::size_t>(i + n - 1)];
    line[static_cast<std::size_t>(i)] = scale * sum;
    sum -= room[static_cast<std::size_t>(i)];
  }
}

}  // namespace

void smooth_with_triangles(Traces& traces, std::int64_t half_samples, std::int64_t half_traces) {
  const auto [rows, cols] = traces.extent;
  std::vector<double> line, room;
  if (half_samples > 1)
    for (std::int64_t col = 0; col < cols; ++col) {
      line.resize(static_cast<std::size_t>(rows));
      for (std::int64_t row = 0; row < rows; ++row) line[static_cast<std::size_t>(row)] = traces.at(row, col);
      smooth_line(line, half_samples, room);
      for (std::int64_t row = 0; row < rows; ++row) traces.at(row, col) = line[static_cast<std::size_t>(row)];
    }
  if (half_traces > 1)
    for (std::int64_t row = 0; row < rows; ++row) {
      line.assign(traces.values.begin() + row * cols, traces.values.begin() + (row + 1) * cols);
      smooth_line(line, half_traces, room);
      std::copy(line.begin(), line.end(), traces.values.begin() + row * cols);
    }
}

}  // namespace firstframe
