#include "core/engine/frame_rows.h"

#include "core/engine/packed_layer.h"

namespace firstframe {
namespace {

// Every `step`-th value of a line becomes one channel of the squares, which have `stride` of them.
void put(const float* line, std::int64_t step, std::int64_t squares, float* out, std::int64_t stride) {
  for (std::int64_t i = 0; i < squares; ++i) out[i * stride] = line[i * step];
}
void put(const float* line, std::int64_t step, std::int64_t squares, std::uint16_t* out, std::int64_t stride) {
  for (std::int64_t i = 0; i < squares; ++i) out[i * stride] = bf16_of(line[i * step]);
}

template <typename Element>
void put_lines(const float* line, std::int64_t unshuffle, std::int64_t squares, std::int64_t channel, Element* out,
               std::int64_t stride) {
  for (std::int64_t x = 0; x < unshuffle; ++x) put(line + x, unshuffle, squares, out + channel + x, stride);
}

template <typename Element>
void load_elements(const FrameRows& frame, const RowKernels& kernels, const FrameFilters& filters, std::int64_t row,
                   std::int64_t margin, float* room, Element* out) {
  const auto u = frame.unshuffle;
  const auto line_stride = frame.tile.cols + 2 * frame.halo, plane = (frame.tile.rows + 2 * frame.halo) * line_stride;
  const auto squares = frame.tile.cols / u + 2 * margin;
  const auto channels = (frame.channels + filters.count()) * u * u;
  const auto stride = padded_channels(kernels, channels);
  for (auto channel = channels; channel < stride; ++channel)
    for (std::int64_t i = 0; i < squares; ++i) out[i * stride + channel] = 0;

  const float* first = frame.degraded + (frame.halo + row * u) * line_stride + frame.halo - margin * u;
  for (std::int64_t channel = 0; channel < frame.channels; ++channel)
    for (std::int64_t y = 0; y < u; ++y)
      put_lines(first + channel * plane + y * line_stride, u, squares, (channel * u + y) * u, out, stride);
  if (filters.count() == 0) return;

  const auto pixels = squares * u;
  float* made = room + filters.room(u, pixels);
  filters.apply(kernels, first, line_stride, u, pixels, room, made);
  for (std::int64_t filter = 0; filter < filters.count(); ++filter)
    for (std::int64_t y = 0; y < u; ++y) {
      float* change = made + (filter * u + y) * pixels;
      for (std::int64_t i = 0; i < pixels; ++i) change[i] -= first[y * line_stride + i];
      put_lines(change, u, squares, ((frame.channels + filter) * u + y) * u, out, stride);
    }
}

}  // namespace

std::int64_t room_for_row(const FrameRows& frame, const FrameFilters& filters, std::int64_t margin) {
  const auto pixels = frame.tile.cols + 2 * margin * frame.unshuffle;
  return filters.room(frame.unshuffle, pixels) + filters.count() * frame.unshuffle * pixels;
}

void load_row(const FrameRows& frame, const RowKernels& kernels, const FrameFilters& filters, std::int64_t row,
              std::int64_t margin, float* room, std::uint32_t* out) {
  if (kernels.is_bf16)
    load_elements(frame, kernels, filters, row, margin, room, reinterpret_cast<std::uint16_t*>(out));
  else
    load_elements(frame, kernels, filters, row, margin, room, reinterpret_cast<float*>(out));
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
