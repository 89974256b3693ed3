#include "core/metrics/residual.h"

#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"

namespace firstframe {

Section residual_of(const SectionView& degraded, const SectionView& restored) {
  const auto& a = degraded.layout;
  const auto& b = restored.layout;
  if (a.extent != b.extent || a.channels != b.channels)
    throw FormatError(text("residual: degraded is ", name_of(a.extent), " with ", a.channels, " channels, restored is ",
                           name_of(b.extent), " with ", b.channels, "; both must show the same section"));
  Section residual(a.type, a.channels, a.extent);
  residual.set_range(a.range);
  // A stored difference of zero: the middle for integers, 0 (and not `low`) for float32.
  const auto zero = static_cast<float>(a.type == SampleType::float32 ? -a.range.low / a.range.span()
                                                                     : (128.0 / 255.0));
  const Region whole{0, 0, a.extent.rows, a.extent.cols};
  std::vector<float> before(static_cast<std::size_t>(a.channels * a.extent.area())), after(before.size());
  load_normalised(degraded, whole, Border::replicate, before.data());
  load_normalised(restored, whole, Border::replicate, after.data());
  for (std::size_t i = 0; i < before.size(); ++i) before[i] += zero - after[i];
  store_normalised(before.data(), a.extent.area(), a.extent.cols, residual.span());
  return residual;
}

}  // namespace firstframe
