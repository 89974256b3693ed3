#ifndef itkFirstframeSection_h
#define itkFirstframeSection_h

#include <array>
#include <optional>
#include <type_traits>

#include "core/frame/section.h"
#include "io/volume/volume_info.h"
#include "itkImageRegion.h"

namespace itk {

/** How Firstframe names a pixel type: integers of 8, 16 and 32 bits, float and double; others do not compile. */
template <typename TPixel>
constexpr firstframe::StoredType FirstframeStoredType() {
  using firstframe::StoredType;
  static_assert(std::is_arithmetic<TPixel>::value && sizeof(TPixel) <= (std::is_integral<TPixel>::value ? 4 : 8),
                "Firstframe takes pixels of one number: integers of 8, 16 or 32 bits, float, double");
  if constexpr (std::is_floating_point<TPixel>::value) return sizeof(TPixel) == 4 ? StoredType::float32 : StoredType::float64;
  constexpr bool isSigned = std::is_signed<TPixel>::value;
  if constexpr (sizeof(TPixel) == 1) return isSigned ? StoredType::int8 : StoredType::uint8;
  if constexpr (sizeof(TPixel) == 2) return isSigned ? StoredType::int16 : StoredType::uint16;
  return isSigned ? StoredType::int32 : StoredType::uint32;
}

/** What a section of such pixels holds: signed 8 and 16 bits moved up by half their range, wider types as float32. */
template <typename TPixel>
firstframe::SampleCode FirstframeSampleCode() {
  return firstframe::code_of(FirstframeStoredType<TPixel>());
}

/** Whether a section can look at the image's own buffer, without a copy. */
template <typename TPixel>
constexpr bool FirstframeIsViewed() {
  constexpr auto stored = FirstframeStoredType<TPixel>();
  return stored == firstframe::StoredType::uint8 || stored == firstframe::StoredType::uint16 ||
         stored == firstframe::StoredType::float32;
}

/** A rectangle of pixels in an image's buffer; strides in pixels. TPixel may be const. */
template <typename TPixel>
struct FirstframePixels {
  TPixel* first = nullptr;
  firstframe::Extent extent;
  OffsetValueType rowStride = 0;
  OffsetValueType colStride = 0;
};

/** The axes of an image that run down and across a section: of those that are left beside the slice axis the faster one in memory
 * runs across. */
struct FirstframeAxes {
  unsigned int row = 1;
  unsigned int col = 0;
};
template <unsigned int VDimension>
FirstframeAxes FirstframeAxesBeside(unsigned int sliceAxis) {
  if constexpr (VDimension == 2) return {1, 0};
  return {sliceAxis == 2 ? 1U : 2U, sliceAxis == 0 ? 1U : 0U};
}

/** The part of an image's buffer that `region`, one slice thick, holds; inside the buffer. */
template <typename TImage>
auto FirstframePixelsOf(TImage* image, const typename TImage::RegionType& region, const FirstframeAxes& axes) {
  using Pixel = std::conditional_t<std::is_const<TImage>::value, const typename TImage::PixelType, typename TImage::PixelType>;
  const auto* strides = image->GetOffsetTable();
  return FirstframePixels<Pixel>{image->GetBufferPointer() + image->ComputeOffset(region.GetIndex()),
                                 {static_cast<std::int64_t>(region.GetSize(axes.row)), static_cast<std::int64_t>(region.GetSize(axes.col))},
                                 strides[axes.row],
                                 strides[axes.col]};
}

/** Pixels as a section, in the type that FirstframeSampleCode says.
 * \param room   takes a copy where the section cannot look at the pixels themselves; must outlive the view
 * \param range  what black and white are, as the image stores them; nothing takes the section type's full range */
template <typename TPixel>
firstframe::SectionView FirstframeViewOf(const FirstframePixels<const TPixel>& pixels, firstframe::Section& room,
                                         const std::optional<firstframe::ValueRange>& range = {});

/** The same for pixels that may be written, where FirstframeIsViewed. */
template <typename TPixel>
firstframe::SectionSpan FirstframeSpanOf(const FirstframePixels<TPixel>& pixels);

/** Takes values of a section back into an image's pixels: `offset` is taken off, integers are rounded to nearest and limited to
 * what the type holds. */
template <typename TPixel>
void FirstframeStore(const firstframe::Section& values, double offset, const FirstframePixels<TPixel>& pixels);

}  // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#include "itkFirstframeSection.hxx"
#endif

#endif
