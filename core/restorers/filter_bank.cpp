#include "core/restorers/filter_bank.h"

namespace firstframe {
namespace {

constexpr std::int64_t kPhases = 4;  // in each direction

// [16 filters, 16, taps, taps]: what result phase (p, q) takes from frame phase (r, s), 4 d pixels away, is the tap at
// 4 d + r - p. A view of the padded filters with p and q counted backwards, turned round.
torch::Tensor by_phases(const torch::Tensor& filters, std::int64_t reach_in_blocks) {
  const auto count = filters.size(0), reach = filters.size(2) / 2, taps = 2 * reach_in_blocks + 1;
  const auto room = kPhases * reach_in_blocks + kPhases - 1 - reach;
  const auto padded = torch::constant_pad_nd(filters.squeeze(1), {room, room, room, room}).contiguous();
  const auto side = padded.size(1);
  return padded
      .as_strided({count, kPhases, kPhases, kPhases, kPhases, taps, taps}, {side * side, side, 1, side, 1, kPhases * side, kPhases})
      .flip({1, 2})
      .reshape({count * kPhases * kPhases, kPhases * kPhases, taps, taps});
}

}  // namespace

torch::Tensor filtered(const torch::Tensor& frame, const torch::Tensor& filters) {
  const auto rows = frame.size(2), cols = frame.size(3);
  const auto reach_in_blocks = (filters.size(2) / 2 + kPhases - 1) / kPhases;
  const auto missing = [](std::int64_t length) { return (kPhases - length % kPhases) % kPhases; };
  const auto whole = torch::constant_pad_nd(frame, {0, missing(cols), 0, missing(rows)});
  const auto phases = torch::pixel_unshuffle(whole, kPhases).contiguous(torch::MemoryFormat::ChannelsLast);
  const auto weight = by_phases(filters, reach_in_blocks).contiguous(torch::MemoryFormat::ChannelsLast);
  const auto result = torch::conv2d(phases, weight, {}, /*stride=*/1, /*padding=*/reach_in_blocks);
  return torch::pixel_shuffle(result, kPhases).narrow(2, 0, rows).narrow(3, 0, cols);
}

}  // namespace firstframe
