#include "core/colour/luma.h"

#include <array>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"

namespace firstframe {

Section luma_of(const SectionView& rgb) {
  const auto& layout = rgb.layout;
  if (layout.channels != 3)
    throw FormatError(text("luma: 3 channels (R, G, B) are needed, this picture has ", layout.channels));
  Section luma(SampleType::float32, 1, layout.extent);
  luma.set_range(layout.range);
  const auto span = static_cast<float>(layout.range.span());
  const auto low = static_cast<float>(layout.range.low);
  const auto cols = layout.extent.cols;
  std::vector<float> planes(static_cast<std::size_t>(3 * cols));
  for (std::int64_t r = 0; r < layout.extent.rows; ++r) {
    load_normalised(rgb, {r, 0, 1, cols}, Border::replicate, planes.data());
    const float* red = planes.data();
    const float* green = red + cols;
    const float* blue = green + cols;
    float* target = luma.samples<float>() + r * cols;
    for (std::int64_t c = 0; c < cols; ++c)
      target[c] = (0.299f * red[c] + 0.587f * green[c] + 0.114f * blue[c]) * span + low;
  }
  return luma;
}

Section luma_or_grey(const SectionView& section) {
  return section.layout.channels == 1 ? Section(section) : luma_of(section);
}

}  // namespace firstframe
