#include "core/metrics/residual.h"

#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"

namespace firstframe {

namespace {

// Normalised differences, moved by `zero`, as `room` stores them.
void store_difference(const SectionView& degraded, const SectionView& restored, float zero, const SectionSpan& room) {
  const auto& a = degraded.layout;
  const auto& b = restored.layout;
  if (a.extent != b.extent || a.channels != b.channels)
    throw FormatError(text("residual: degraded is ", name_of(a.extent), " with ", a.channels, " channels, restored is ",
                           name_of(b.extent), " with ", b.channels, "; both must show the same section"));
  const Region whole{0, 0, a.extent.rows, a.extent.cols};
  std::vector<float> before(static_cast<std::size_t>(a.channels * a.extent.area())), after(before.size());
  load_normalised(degraded, whole, Border::replicate, before.data());
  load_normalised(restored, whole, Border::replicate, after.data());
  for (std::size_t i = 0; i < before.size(); ++i) before[i] += zero - after[i];
  store_normalised(before.data(), a.extent.area(), a.extent.cols, room);
}

}  // namespace

Section residual_of(const SectionView& degraded, const SectionView& restored) {
  const auto& layout = degraded.layout;
  Section residual(layout.type, layout.channels, layout.extent);
  residual.set_range(layout.range);
  // A stored difference of zero: the middle for integers, 0 (and not `low`) for float32.
  const auto zero = static_cast<float>(layout.type == SampleType::float32 ? -layout.range.low / layout.range.span()
                                                                          : (128.0 / 255.0));
  store_difference(degraded, restored, zero, residual.span());
  return residual;
}

Section difference_of(const SectionView& degraded, const SectionView& restored) {
  const auto& layout = degraded.layout;
  Section difference(SampleType::float32, layout.channels, layout.extent);
  difference.set_range({0, layout.range.span()});
  store_difference(degraded, restored, 0, difference.span());
  return difference;
}

}  // namespace firstframe
