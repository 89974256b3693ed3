#include "core/engine/frame_rows.h"

namespace firstframe {
namespace {

// A line of pixels becomes `unshuffle` channels of the squares, which have `stride` of them.
void put_line(const float* line, std::int64_t unshuffle, std::int64_t squares, float* out, std::int64_t stride) {
  for (std::int64_t x = 0; x < unshuffle; ++x)
    for (std::int64_t i = 0; i < squares; ++i) out[i * stride + x] = line[i * unshuffle + x];
}

}  // namespace

std::int64_t room_for_row(const FrameRows& frame, const FrameFilters& filters, std::int64_t margin) {
  const auto pixels = frame.tile.cols + 2 * margin * frame.unshuffle;
  return filters.room(frame.unshuffle, pixels) + filters.count() * frame.unshuffle * pixels;
}

void load_row(const FrameRows& frame, const RowKernels& kernels, const FrameFilters& filters, std::int64_t row,
              std::int64_t margin, float* room, float* out, std::int64_t stride) {
  const auto u = frame.unshuffle;
  const auto line_stride = frame.tile.cols + 2 * frame.halo, plane = (frame.tile.rows + 2 * frame.halo) * line_stride;
  const auto squares = frame.tile.cols / u + 2 * margin;
  const auto channels = (frame.channels + filters.count()) * u * u;
  for (auto channel = channels; channel < stride; ++channel)
    for (std::int64_t i = 0; i < squares; ++i) out[i * stride + channel] = 0;

  const float* first = frame.degraded + (frame.halo + row * u) * line_stride + frame.halo - margin * u;
  for (std::int64_t channel = 0; channel < frame.channels; ++channel)
    for (std::int64_t y = 0; y < u; ++y)
      put_line(first + channel * plane + y * line_stride, u, squares, out + (channel * u + y) * u, stride);
  if (filters.count() == 0) return;

  const auto pixels = squares * u;
  float* made = room + filters.room(u, pixels);
  filters.apply(kernels, first, line_stride, u, pixels, room, made);
  for (std::int64_t filter = 0; filter < filters.count(); ++filter)
    for (std::int64_t y = 0; y < u; ++y) {
      float* change = made + (filter * u + y) * pixels;
      for (std::int64_t i = 0; i < pixels; ++i) change[i] -= first[y * line_stride + i];
      put_line(change, u, squares, out + ((frame.channels + filter) * u + y) * u, stride);
    }
}

void add_row(const FrameRows& frame, std::int64_t row, const float* change) {
  const auto u = frame.unshuffle, squares = frame.tile.cols / u, stride = frame.channels * u * u;
  const auto line_stride = frame.tile.cols + 2 * frame.halo, plane = (frame.tile.rows + 2 * frame.halo) * line_stride;
  for (std::int64_t channel = 0; channel < frame.channels; ++channel)
    for (std::int64_t y = 0; y < u; ++y) {
      const auto at = row * u + y;
      const float* line = frame.degraded + channel * plane + (frame.halo + at) * line_stride + frame.halo;
      float* out = frame.restored + (channel * frame.tile.rows + at) * frame.tile.cols;
      for (std::int64_t x = 0; x < u; ++x) {
        const float* added = change + (channel * u + y) * u + x;
        for (std::int64_t i = 0; i < squares; ++i) out[i * u + x] = line[i * u + x] + added[i * stride];
      }
    }
}

}  // namespace firstframe
