#ifndef itkFirstframeSection_hxx
#define itkFirstframeSection_hxx

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "itkFirstframeSection.h"

namespace itk {
namespace FirstframeDetail {

/** Calls `use` with a section's samples as what they are. */
template <typename TSection, typename TUse>
void WithSamples(TSection& section, const TUse& use) {
  switch (section.type()) {
    case firstframe::SampleType::uint8: return use(section.template samples<std::uint8_t>());
    case firstframe::SampleType::uint16: return use(section.template samples<std::uint16_t>());
    case firstframe::SampleType::float32: return use(section.template samples<float>());
  }
}

template <typename TPixel>
TPixel RoundedAndLimited(double value) {
  if constexpr (std::is_floating_point<TPixel>::value) {
    return static_cast<TPixel>(value);
  } else {
    const double nearest = std::round(value);  // as volumes are stored, halves away from zero
    return static_cast<TPixel>(std::clamp(nearest, static_cast<double>(std::numeric_limits<TPixel>::lowest()),
                                          static_cast<double>(std::numeric_limits<TPixel>::max())));
  }
}

template <typename TPixel>
firstframe::Layout LayoutOf(const FirstframePixels<TPixel>& pixels) {
  constexpr auto size = static_cast<std::int64_t>(sizeof(TPixel));
  auto layout = firstframe::planar_layout(FirstframeSampleCode<std::remove_const_t<TPixel>>().type, 1, pixels.extent);
  layout.row_stride = pixels.rowStride * size;
  layout.col_stride = pixels.colStride * size;
  return layout;
}

}  // namespace FirstframeDetail

template <typename TPixel>
firstframe::SectionView FirstframeViewOf(const FirstframePixels<const TPixel>& pixels, firstframe::Section& room,
                                         const std::optional<firstframe::ValueRange>& range) {
  const auto code = FirstframeSampleCode<TPixel>();
  const auto black_and_white = range ? code.coded(*range) : firstframe::full_range(code.type);
  if constexpr (FirstframeIsViewed<TPixel>()) {
    firstframe::SectionView view{reinterpret_cast<const std::byte*>(pixels.first), FirstframeDetail::LayoutOf(pixels)};
    view.layout.range = black_and_white;
    return view;
  } else {
    room = firstframe::Section(code.type, 1, pixels.extent);
    room.set_range(black_and_white);
    FirstframeDetail::WithSamples(room, [&](auto* to) {
      using Sample = std::remove_pointer_t<decltype(to)>;
      for (std::int64_t r = 0; r < pixels.extent.rows; ++r) {
        const TPixel* row = pixels.first + r * pixels.rowStride;
        for (std::int64_t c = 0; c < pixels.extent.cols; ++c)
          *to++ = static_cast<Sample>(static_cast<double>(row[c * pixels.colStride]) + code.offset);
      }
    });
    return room.view();
  }
}

template <typename TPixel>
firstframe::SectionSpan FirstframeSpanOf(const FirstframePixels<TPixel>& pixels) {
  static_assert(FirstframeIsViewed<TPixel>(), "sections of this pixel type are copies");
  return {reinterpret_cast<std::byte*>(pixels.first), FirstframeDetail::LayoutOf(pixels)};
}

template <typename TPixel>
void FirstframeStore(const firstframe::Section& values, double offset, const FirstframePixels<TPixel>& pixels) {
  FirstframeDetail::WithSamples(values, [&](const auto* from) {
    for (std::int64_t r = 0; r < pixels.extent.rows; ++r) {
      TPixel* row = pixels.first + r * pixels.rowStride;
      for (std::int64_t c = 0; c < pixels.extent.cols; ++c)
        row[c * pixels.colStride] = FirstframeDetail::RoundedAndLimited<TPixel>(static_cast<double>(*from++) - offset);
    }
  });
}

}  // namespace itk

#endif
