#ifndef itkFirstframeRestoreImageFilter_hxx
#define itkFirstframeRestoreImageFilter_hxx

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "core/registration/neighbour_mean.h"
#include "core/tiling/restore_tiled.h"
#include "core/tiling/restore_window.h"
#include "core/tiling/upsampled_input.h"
#include "io/volume/trained_code.h"
#include "itkFirstframeRestoreImageFilter.h"

namespace itk {
namespace FirstframeDetail {

/** The extent of a region in the plane of a slice. */
template <typename TRegion>
firstframe::Extent ExtentOf(const TRegion& region, const FirstframeAxes& axes) {
  return {static_cast<std::int64_t>(region.GetSize(axes.row)), static_cast<std::int64_t>(region.GetSize(axes.col))};
}

/** One slice of a region; a 2-D region is its own slice. */
template <typename TRegion>
TRegion SliceOf(TRegion region, unsigned int axis, std::int64_t slice) {
  if constexpr (TRegion::ImageDimension == 3) {
    region.SetIndex(axis, region.GetIndex(axis) + slice);
    region.SetSize(axis, 1);
  }
  return region;
}

}  // namespace FirstframeDetail

template <typename TInputImage, typename TOutputImage>
FirstframeRestoreImageFilter<TInputImage, TOutputImage>::FirstframeRestoreImageFilter()
    : m_Settings({"stride", "window", "ensemble", "intensity", "threads"}) {
  this->AddRequiredInputName("Model");
}

template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::SetModelFileName(const std::string& fileName) {
  if (fileName == this->GetModelFileName()) return;
  if (fileName.empty()) {
    if (this->GetModel() == m_ModelReader->GetOutput()) this->SetModel(nullptr);
    m_ModelReader = nullptr;
    return;
  }
  if (!m_ModelReader) m_ModelReader = FirstframeModelReader::New();
  m_ModelReader->SetFileName(fileName);
  this->SetModel(m_ModelReader->GetOutput());
}

template <typename TInputImage, typename TOutputImage>
std::string FirstframeRestoreImageFilter<TInputImage, TOutputImage>::GetModelFileName() const {
  return m_ModelReader && this->GetModel() == m_ModelReader->GetOutput() ? m_ModelReader->GetFileName() : "";
}

template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::SetValueRange(double low, double high) {
  FirstframeGuarded(this, [&] {
    if (FirstframeSetRange(m_ValueRange, low, high)) this->Modified();
  });
}

template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::ClearValueRange() {
  if (!m_ValueRange) return;
  m_ValueRange.reset();
  this->Modified();
}

template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::VerifyPreconditions() ITKv5_CONST {
  if (!this->GetModel())
    itkExceptionMacro("there is no model; connect a trained one with SetModel(), or name its file with SetModelFileName()");
  if (m_SliceAxis > 2) itkExceptionMacro("slice axis " << m_SliceAxis << " is not accepted; use 0, 1 or 2");
  Superclass::VerifyPreconditions();
}

template <typename TInputImage, typename TOutputImage>
firstframe::RestoreSettings FirstframeRestoreImageFilter<TInputImage, TOutputImage>::RestoreSettings() const {
  return m_Settings.GetValues().restore;
}

template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::GenerateOutputInformation() {
  Superclass::GenerateOutputInformation();
  const auto* input = this->GetInput();
  auto* output = this->GetOutput();
  output->SetMetaDataDictionary(input->GetMetaDataDictionary());

  // Size and margins depend on the model, so it is read or trained now.
  const_cast<ModelType*>(this->GetModel())->Update();
  const auto& info = this->GetModel()->GetTrained().info();
  if (info.neighbours > 0 && ImageDimension == 2)
    itkExceptionMacro("this model restores the mean of a slice and " << info.neighbours << " neighbours, and a 2-D image has none; give "
                      "the 3-D image, or train a model without neighbours");
  if (!m_ValueRange)
    FirstframeGuarded(this, [&] {
      firstframe::require_trained_code(info, FirstframeStoredType<InputPixelType>(), "the input", "SetValueRange(low, high)");
    });
  if (info.scale == 1) return;

  const auto axes = this->Axes();
  auto region = input->GetLargestPossibleRegion();
  auto spacing = input->GetSpacing();
  // Degraded pixel i lies at restored pixel i * scale + phase: so restored pixel 0 lies before degraded pixel 0.
  ContinuousIndex<double, ImageDimension> first;
  first.Fill(0);
  for (const auto& [axis, phase] : {std::pair(axes.row, info.row_phase), std::pair(axes.col, info.col_phase)}) {
    const auto scale = static_cast<OffsetValueType>(info.scale);
    region.SetIndex(axis, region.GetIndex(axis) * scale);
    region.SetSize(axis, region.GetSize(axis) * info.scale);
    spacing[axis] /= static_cast<double>(info.scale);
    first[axis] = -phase / static_cast<double>(info.scale);
  }
  typename OutputImageType::PointType origin;
  input->TransformContinuousIndexToPhysicalPoint(first, origin);
  output->SetLargestPossibleRegion(region);
  output->SetSpacing(spacing);
  output->SetOrigin(origin);
}

// A region of the output as a rectangle of the restored section.
template <typename TInputImage, typename TOutputImage>
firstframe::Region FirstframeRestoreImageFilter<TInputImage, TOutputImage>::RequestOf(const OutputRegionType& region) const {
  const auto axes = this->Axes();
  const auto& whole = this->GetOutput()->GetLargestPossibleRegion();
  const auto extent = FirstframeDetail::ExtentOf(region, axes);
  return {region.GetIndex(axes.row) - whole.GetIndex(axes.row), region.GetIndex(axes.col) - whole.GetIndex(axes.col), extent.rows,
          extent.cols};
}

// The input's region that a region of the output is made of.
template <typename TInputImage, typename TOutputImage>
typename FirstframeRestoreImageFilter<TInputImage, TOutputImage>::InputRegionType
FirstframeRestoreImageFilter<TInputImage, TOutputImage>::DegradedRegion(const OutputRegionType& region) const {
  const auto axes = this->Axes();
  const auto& whole = this->GetInput()->GetLargestPossibleRegion();
  const auto needed = firstframe::degraded_region(this->GetModel()->GetTrained(), FirstframeDetail::ExtentOf(whole, axes),
                                                  this->RequestOf(region), this->RestoreSettings());
  InputRegionType degraded(region.GetIndex(), region.GetSize());
  degraded.SetIndex(axes.row, whole.GetIndex(axes.row) + needed.row);
  degraded.SetSize(axes.row, needed.rows);
  degraded.SetIndex(axes.col, whole.GetIndex(axes.col) + needed.col);
  degraded.SetSize(axes.col, needed.cols);
  return degraded;
}

// All that a region of the output reads: of a model with neighbours whole slices, since they are registered, and those beside them.
template <typename TInputImage, typename TOutputImage>
typename FirstframeRestoreImageFilter<TInputImage, TOutputImage>::InputRegionType
FirstframeRestoreImageFilter<TInputImage, TOutputImage>::NeededRegion(const OutputRegionType& region) const {
  auto needed = this->DegradedRegion(region);
  const auto neighbours = this->GetModel()->GetTrained().info().neighbours;
  if (neighbours == 0 || ImageDimension == 2) return needed;
  const auto each = static_cast<IndexValueType>((neighbours + 1) / 2);
  const auto& whole = this->GetInput()->GetLargestPossibleRegion();
  const auto first = std::max<IndexValueType>(whole.GetIndex(m_SliceAxis), region.GetIndex(m_SliceAxis) - each);
  const auto last = std::min<IndexValueType>(whole.GetUpperIndex()[m_SliceAxis], region.GetUpperIndex()[m_SliceAxis] + each);
  needed = whole;
  needed.SetIndex(m_SliceAxis, first);
  needed.SetSize(m_SliceAxis, static_cast<SizeValueType>(last - first + 1));
  return needed;
}

// On any thread. A slice with its neighbours averaged in, in the samples that networks see.
template <typename TInputImage, typename TOutputImage>
firstframe::Section FirstframeRestoreImageFilter<TInputImage, TOutputImage>::AveragedSlice(const InputRegionType& slice) const {
  const auto axes = this->Axes();
  const auto& whole = this->GetInput()->GetLargestPossibleRegion();
  const auto beside = firstframe::nearest_sections(slice.GetIndex(m_SliceAxis) - whole.GetIndex(m_SliceAxis),
                                                   static_cast<std::int64_t>(whole.GetSize(m_SliceAxis)),
                                                   this->GetModel()->GetTrained().info().neighbours);
  std::vector<firstframe::Section> rooms(beside.size() + 1);
  const auto viewOf = [&](IndexValueType index, firstframe::Section& room) {
    auto other = whole;
    other.SetIndex(m_SliceAxis, index);
    other.SetSize(m_SliceAxis, 1);
    return FirstframeViewOf<InputPixelType>(FirstframePixelsOf(this->GetInput(), other, axes), room, m_ValueRange);
  };
  std::vector<firstframe::SectionView> neighbours;
  for (std::size_t i = 0; i < beside.size(); ++i)
    neighbours.push_back(viewOf(whole.GetIndex(m_SliceAxis) + static_cast<IndexValueType>(beside[i]), rooms[i]));
  return firstframe::section_with_neighbours(viewOf(slice.GetIndex(m_SliceAxis), rooms.back()), neighbours);
}

template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::GenerateInputRequestedRegion() {
  Superclass::GenerateInputRequestedRegion();
  const auto& requested = this->GetOutput()->GetRequestedRegion();
  if (requested.GetNumberOfPixels() == 0) return;
  FirstframeGuarded(this, [&] { const_cast<InputImageType*>(this->GetInput())->SetRequestedRegion(this->NeededRegion(requested)); });
}

template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::GenerateData() {
  this->AllocateOutputs();
  const auto requested = this->GetOutput()->GetRequestedRegion();
  if (requested.GetNumberOfPixels() == 0) return;
  FirstframeGuarded(this, [&] {
    const auto degraded = this->DegradedRegion(requested);
    const auto needed = this->NeededRegion(requested);
    if (!this->GetInput()->GetBufferedRegion().IsInside(needed))
      itkExceptionMacro("the input does not hold the region that was asked of it, " << needed.GetIndex() << ", size "
                        << needed.GetSize() << "; the filter above it made another one");
    const auto& restorer = this->GetModel()->GetTrained();
    const auto whole = FirstframeDetail::ExtentOf(this->GetOutput()->GetLargestPossibleRegion(), this->Axes());
    const auto settings = this->RestoreSettings();
    const auto tiles = firstframe::tiles_of(restorer, whole, settings).tiles_over(this->RequestOf(requested)).size();
    const auto slices = ImageDimension == 3 ? static_cast<std::int64_t>(requested.GetSize(m_SliceAxis)) : 1;
    FirstframeRestoreSlices(*this, restorer, slices, static_cast<std::int64_t>(tiles), settings,
                            [&](std::int64_t slice, const FirstframeSliceRun& run) {
                              this->RestoreSlice(FirstframeDetail::SliceOf(degraded, m_SliceAxis, slice),
                                                 FirstframeDetail::SliceOf(requested, m_SliceAxis, slice), run);
                            });
  });
}

// On any thread: reads and writes buffers that are there, and makes no object of ITK.
template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::RestoreSlice(const InputRegionType& degraded,
                                                                           const OutputRegionType& restored,
                                                                           const FirstframeSliceRun& run) {
  const auto axes = this->Axes();
  const auto& whole = this->GetInput()->GetLargestPossibleRegion();
  firstframe::Section room;
  const auto extent = FirstframeDetail::ExtentOf(whole, axes);
  firstframe::SectionWindow window{{}, 0, 0, extent};
  if (this->GetModel()->GetTrained().info().neighbours > 0) {
    room = this->AveragedSlice(degraded);
    window.pixels = room.view();
  } else {
    window = {FirstframeViewOf<InputPixelType>(FirstframePixelsOf(this->GetInput(), degraded, axes), room, m_ValueRange),
              degraded.GetIndex(axes.row) - whole.GetIndex(axes.row), degraded.GetIndex(axes.col) - whole.GetIndex(axes.col), extent};
  }
  const auto target = FirstframePixelsOf(this->GetOutput(), restored, axes);
  const auto into = [&](firstframe::SectionSpan span) {
    span.layout.range = window.pixels.layout.range;
    firstframe::restore_window(this->GetModel()->GetTrained(), window, this->RequestOf(restored), span, run.settings, run.stop,
                               run.afterTile);
  };
  try {
    constexpr bool sameType = std::is_same<InputPixelType, OutputPixelType>::value;
    constexpr bool isFloatOfViewed = std::is_same<OutputPixelType, float>::value && FirstframeIsViewed<InputPixelType>();
    if constexpr ((sameType && FirstframeIsViewed<OutputPixelType>()) || isFloatOfViewed) {
      into(FirstframeSpanOf(target));
    } else {
      const auto code = FirstframeSampleCode<InputPixelType>();
      firstframe::Section values(sameType ? code.type : firstframe::SampleType::float32, 1, target.extent);
      into(values.span());
      FirstframeStore(values, code.offset, target);
    }
  } catch (const firstframe::FormatError& error) {
    if (ImageDimension == 2) throw;
    throw firstframe::FormatError(firstframe::text("slice ", restored.GetIndex(m_SliceAxis), ": ", error.what()));
  }
}

template <typename TInputImage, typename TOutputImage>
void FirstframeRestoreImageFilter<TInputImage, TOutputImage>::PrintSelf(std::ostream& os, Indent indent) const {
  Superclass::PrintSelf(os, indent);
  os << indent << "ModelFileName: " << this->GetModelFileName() << std::endl;
  os << indent << "SliceAxis: " << m_SliceAxis << std::endl;
  if (m_ValueRange)
    os << indent << "ValueRange: " << m_ValueRange->low << " " << m_ValueRange->high << std::endl;
  else
    os << indent << "ValueRange: (the pixel type's, or the model's)" << std::endl;
  m_Settings.Print(os, indent);
}

}  // namespace itk

#endif
