#ifndef itkFirstframeTrainFilter_hxx
#define itkFirstframeTrainFilter_hxx

#include <algorithm>
#include <cmath>
#include <limits>

#include "itkFirstframeSection.h"
#include "itkFirstframeTrainFilter.h"

namespace itk {
namespace FirstframeDetail {

template <typename TImage>
auto WholeImage(const TImage* image) {
  return FirstframePixelsOf(image, image->GetLargestPossibleRegion(), FirstframeAxes{});
}

template <typename TImage>
firstframe::Section SectionOf(const TImage* image, const std::optional<firstframe::ValueRange>& range) {
  firstframe::Section room;
  const auto view = FirstframeViewOf<typename TImage::PixelType>(WholeImage(image), room, range);
  return room.empty() ? firstframe::Section(view) : std::move(room);
}

/** Widens a range to all finite values of an image. */
template <typename TImage>
void Widen(firstframe::ValueRange& range, const TImage* image) {
  const auto pixels = WholeImage(image);
  for (std::int64_t r = 0; r < pixels.extent.rows; ++r)
    for (std::int64_t c = 0; c < pixels.extent.cols; ++c) {
      const auto value = static_cast<double>(pixels.first[r * pixels.rowStride + c * pixels.colStride]);
      if (!std::isfinite(value)) continue;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
}

}  // namespace FirstframeDetail

template <typename TDegradedImage, typename TCleanImage>
FirstframeTrainFilter<TDegradedImage, TCleanImage>::FirstframeTrainFilter() {
  this->SetPrimaryInputName("DegradedImage");
  this->AddRequiredInputName("CleanImage", 1);
}

template <typename TDegradedImage, typename TCleanImage>
void FirstframeTrainFilter<TDegradedImage, TCleanImage>::VerifyInputInformation() ITKv5_CONST {
  Superclass::VerifyInputInformation();
  if (!m_CheckPhysicalSpace) return;
  const auto* degraded = this->GetDegradedImage();
  const auto* clean = this->GetCleanImage();
  for (unsigned int axis = 0; axis < 2; ++axis) {
    const auto few = static_cast<double>(degraded->GetLargestPossibleRegion().GetSize(axis));
    const auto many = static_cast<double>(clean->GetLargestPossibleRegion().GetSize(axis));
    const double scale = few > 0 ? std::round(many / few) : 1;
    if (scale < 1 || scale > 4) continue;  // sizes that no scale fits are refused in training, by their numbers
    const double spacing = degraded->GetSpacing()[axis];
    const bool fits = std::abs(clean->GetSpacing()[axis] * scale - spacing) <= 1e-3 * spacing &&
                      std::abs(clean->GetOrigin()[axis] - degraded->GetOrigin()[axis]) <= (scale > 1 ? spacing : 1e-3 * spacing);
    bool aligned = true;
    for (unsigned int row = 0; row < 2; ++row)
      aligned &= std::abs(clean->GetDirection()[row][axis] - degraded->GetDirection()[row][axis]) <= 1e-6;
    if (!fits || !aligned)
      itkExceptionMacro("the degraded and the clean image do not lie at the same place: spacing "
                        << degraded->GetSpacing() << " and " << clean->GetSpacing() << ", origin " << degraded->GetOrigin()
                        << " and " << clean->GetOrigin() << (aligned ? "" : ", other directions")
                        << "; give the clean image its geometry, or call CheckPhysicalSpaceOff() where its file carries none");
  }
}

template <typename TDegradedImage, typename TCleanImage>
firstframe::TrainingPair FirstframeTrainFilter<TDegradedImage, TCleanImage>::MakePair() const {
  const auto* degraded = this->GetDegradedImage();
  const auto* clean = this->GetCleanImage();
  auto range = m_ValueRange;
  if (!range && !(sizeof(typename TDegradedImage::PixelType) == 1 && sizeof(typename TCleanImage::PixelType) == 1)) {
    firstframe::ValueRange found{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
    FirstframeDetail::Widen(found, degraded);
    FirstframeDetail::Widen(found, clean);
    if (found.low < found.high) range = found;  // a constant pair is refused in training
  }
  return {FirstframeDetail::SectionOf(degraded, range), FirstframeDetail::SectionOf(clean, range), /*neighbours=*/0,
          FirstframeSampleCode<typename TDegradedImage::PixelType>().offset};
}

template <typename TDegradedImage, typename TCleanImage>
void FirstframeTrainFilter<TDegradedImage, TCleanImage>::PrintSelf(std::ostream& os, Indent indent) const {
  Superclass::PrintSelf(os, indent);
  os << indent << "CheckPhysicalSpace: " << (m_CheckPhysicalSpace ? "On" : "Off") << std::endl;
}

}  // namespace itk

#endif
