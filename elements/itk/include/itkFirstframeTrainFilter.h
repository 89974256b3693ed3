#ifndef itkFirstframeTrainFilter_h
#define itkFirstframeTrainFilter_h

#include "itkFirstframeTrainFilterBase.h"
#include "itkImage.h"

namespace itk {

/** \class FirstframeTrainFilter
 * \brief Trains a restorer on one degraded 2-D image and its clean counterpart.
 *
 * The output is a FirstframeModel, the input of FirstframeRestoreImageFilter. Both images show the same place: equal sizes,
 * spacings, origins and directions; for super-resolution the clean one has 2 to 4 times as many pixels on each side, closer by as
 * much. SetCheckPhysicalSpaceOff for a clean picture whose file carries no geometry.
 *
 * Training runs once, on Update() or when a filter that is connected to the output is updated, and again when the pixels or a setting
 * change. Progress events come a few times a second; AbortGenerateData stops it and leaves an empty model. The same pair, seed and
 * Steps give the same model for any number of threads.
 *
 * \ingroup Firstframe
 */
template <typename TDegradedImage, typename TCleanImage = TDegradedImage>
class ITK_TEMPLATE_EXPORT FirstframeTrainFilter : public FirstframeTrainFilterBase {
 public:
  ITK_DISALLOW_COPY_AND_MOVE(FirstframeTrainFilter);

  using Self = FirstframeTrainFilter;
  using Superclass = FirstframeTrainFilterBase;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;
  using DegradedImageType = TDegradedImage;
  using CleanImageType = TCleanImage;

  itkNewMacro(Self);
  itkTypeMacro(FirstframeTrainFilter, FirstframeTrainFilterBase);

  static_assert(TDegradedImage::ImageDimension == 2 && TCleanImage::ImageDimension == 2,
                "a training pair is two 2-D images; extract a slice of a volume");

  itkSetInputMacro(DegradedImage, DegradedImageType);
  itkGetInputMacro(DegradedImage, DegradedImageType);
  itkSetInputMacro(CleanImage, CleanImageType);
  itkGetInputMacro(CleanImage, CleanImageType);

  /** Whether the two images must lie at the same place in space; on by default. */
  itkSetMacro(CheckPhysicalSpace, bool);
  itkGetConstMacro(CheckPhysicalSpace, bool);
  itkBooleanMacro(CheckPhysicalSpace);

 protected:
  FirstframeTrainFilter();
  ~FirstframeTrainFilter() override = default;

  void VerifyInputInformation() ITKv5_CONST override;
  firstframe::TrainingPair MakePair() const override;
  void PrintSelf(std::ostream& os, Indent indent) const override;

 private:
  bool m_CheckPhysicalSpace{true};
};

}  // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#include "itkFirstframeTrainFilter.hxx"
#endif

#endif
