#include "core/registration/neighbour_mean.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"
#include "core/restorers/model.h"
#include "core/registration/frame_shift.h"

namespace firstframe {
namespace {

torch::Tensor plane_of(const SectionView& section) {
  const auto [rows, cols] = section.layout.extent;
  auto plane = torch::empty({rows, cols});
  load_normalised(section, {0, 0, rows, cols}, Border::reflect, plane.data_ptr<float>());
  return plane;
}

// In each place the value `down` rows further down and `across` columns further right.
torch::Tensor moved_by_pixels(const torch::Tensor& plane, std::int64_t down, std::int64_t across) {
  const auto places = [](std::int64_t length, std::int64_t by) {
    return (torch::arange(length, torch::kLong) + by).clamp(0, length - 1);
  };
  return plane.index_select(0, places(plane.size(0), down)).index_select(1, places(plane.size(1), across));
}

torch::Tensor registered(const torch::Tensor& own, const torch::Tensor& neighbour) {
  const auto shift = frame_shift(own, neighbour);
  if (shift.length() <= shift.error()) return neighbour;
  return moved_by_pixels(neighbour, std::lround(shift.down), std::lround(shift.across));
}

void check(const SectionView& own, const SectionView& neighbour) {
  const auto& a = own.layout;
  const auto& b = neighbour.layout;
  if (a.extent != b.extent || a.type != b.type || !(a.range == b.range) || b.channels != a.channels)
    throw FormatError(text("neighbours: one is ", name_of(b.extent), " ", name_of(b.type), " with ", b.channels,
                           " channels, the section itself ", name_of(a.extent), " ", name_of(a.type), " with ", a.channels,
                           "; all must be alike, of one value range"));
}

}  // namespace

std::vector<std::int64_t> sections_beside(std::int64_t index, std::int64_t count, std::int64_t each_side) {
  if (index < 0 || index >= count)
    throw ArgumentError(text("neighbours: there is no section ", index, " among ", count, "; use 0..", count - 1));
  if (each_side < 0 || each_side > kMostNeighbours / 2)
    throw ArgumentError(text("neighbours: ", each_side, " on each side are not accepted; use 0..", kMostNeighbours / 2));
  std::vector<std::int64_t> beside;
  for (std::int64_t away = 1; away <= each_side; ++away) {
    beside.push_back(border_index(index - away, count, Border::reflect));
    beside.push_back(border_index(index + away, count, Border::reflect));
  }
  return beside;
}

std::vector<std::int64_t> nearest_sections(std::int64_t index, std::int64_t count, std::int64_t neighbours) {
  auto beside = sections_beside(index, count, (neighbours + 1) / 2);
  beside.resize(static_cast<std::size_t>(neighbours));
  return beside;
}

Section neighbour_mean(const SectionView& own, std::span<const SectionView> neighbours) {
  torch::NoGradGuard no_grad;
  if (own.layout.channels != 1)
    throw FormatError(text("neighbours: this section has ", own.layout.channels, " channels; use 1-channel sections, or none"));
  const auto plane = plane_of(own);
  auto sum = plane.clone();
  for (const auto& neighbour : neighbours) {
    check(own, neighbour);
    sum += registered(plane, plane_of(neighbour));
  }
  sum /= static_cast<double>(1 + neighbours.size());
  Section mean(SampleType::float32, 1, own.layout.extent);
  std::copy_n(sum.data_ptr<float>(), sum.numel(), mean.samples<float>());
  return mean;
}

Section section_with_neighbours(const SectionView& own, std::span<const SectionView> neighbours) {
  const auto mean = neighbour_mean(own, neighbours);
  const auto& layout = own.layout;
  Section section(layout.type, 1, layout.extent);
  section.set_range(layout.range);
  store_normalised(mean.samples<float>(), layout.extent.area(), layout.extent.cols, section.span());
  return section;
}

}  // namespace firstframe
