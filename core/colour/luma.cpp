#include "core/colour/luma.h"

#include "core/base/error.h"
#include "core/base/scratch.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"

namespace firstframe {

void luma_of(const SectionView& rgb, const SectionSpan& luma) {
  const auto& layout = rgb.layout;
  if (layout.channels != 3)
    throw FormatError(text("luma: 3 channels (R, G, B) are needed, this picture has ", layout.channels));
  const auto span = static_cast<float>(luma.layout.range.span());
  const auto low = static_cast<float>(luma.layout.range.low);
  const auto cols = layout.extent.cols;
  Scratch<float> planes(static_cast<std::size_t>(3 * cols));
  for (std::int64_t r = 0; r < layout.extent.rows; ++r) {
    load_normalised(rgb, {r, 0, 1, cols}, Border::replicate, planes.data());
    const float* red = planes.data();
    const float* green = red + cols;
    const float* blue = green + cols;
    auto* target = reinterpret_cast<float*>(luma.at(0, r));
    for (std::int64_t c = 0; c < cols; ++c)
      target[c] = (0.299f * red[c] + 0.587f * green[c] + 0.114f * blue[c]) * span + low;
  }
}

Section luma_of(const SectionView& rgb) {
  Section luma(SampleType::float32, 1, rgb.layout.extent);
  luma.set_range(rgb.layout.range);
  luma_of(rgb, luma.span());
  return luma;
}

Section luma_or_grey(const SectionView& section) {
  return section.layout.channels == 1 ? Section(section) : luma_of(section);
}

}  // namespace firstframe
