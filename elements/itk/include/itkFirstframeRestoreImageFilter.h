#ifndef itkFirstframeRestoreImageFilter_h
#define itkFirstframeRestoreImageFilter_h

#include <optional>
#include <string>

#include "itkFirstframeModelReader.h"
#include "itkFirstframeRun.h"
#include "itkFirstframeSection.h"
#include "itkFirstframeSettings.h"
#include "itkImageToImageFilter.h"

/** Every setting that restoring alone reads: method, name in the settings table, type. */
#define itkFirstframeRestoreSettings(setting) \
  setting(Stride, "stride", std::int64_t);      \
  setting(Window, "window", std::string);       \
  setting(Ensemble, "ensemble", std::string);   \
  setting(Intensity, "intensity", std::string); \
  setting(Threads, "threads", std::int64_t)

namespace itk {

/** \class FirstframeRestoreImageFilter
 * \brief Restores a 2-D image, or a 3-D one slice by slice, with a trained model.
 *
 * Inputs: the degraded image, and "Model" from FirstframeTrainFilter or FirstframeModelReader. A model that is connected to its
 * source is made when the output's information is asked for, since the size and the margins depend on it.
 *
 * Slices stand on SliceAxis, 2 unless set. The input's requested region is the output's plus the tiles under it and their halo, in the
 * slice's plane only; StreamingImageFilter with any number of divisions, and any number of threads, gives the bytes that restoring
 * slice by slice with the command does. Divisions along the slice axis cost nothing; others restore the tiles that they cut twice.
 *
 * A model that averages neighbours reads whole slices, those beside the requested ones too, as many as it averages, half of them on each
 * side; at the ends of the image those on the other side stand in.
 *
 * Pixels: integers of 8, 16 and 32 bits, float, double. Networks see signed 8 and 16 bits moved up by half their range and wider
 * types as float32; an output of another pixel type takes the same values, rounded and limited. ValueRange says what black and
 * white are, 0..1 for wide types and the full range for others unless the model was trained in a part of it.
 *
 * A model of scale 2..4 makes that many times more pixels in the slice's plane, closer by as much; a degraded pixel's place in
 * space stays where the model was trained to see it. Spacing, origin, direction and the metadata dictionary are kept otherwise.
 *
 * Not run by ITK's threads: tiles and slices go to TBB, on as many threads as there are work units unless Threads is set.
 * Progress comes after tiles, on the thread that called Update(); AbortGenerateData stops between tiles.
 *
 * \ingroup Firstframe
 */
template <typename TInputImage, typename TOutputImage = TInputImage>
class ITK_TEMPLATE_EXPORT FirstframeRestoreImageFilter : public ImageToImageFilter<TInputImage, TOutputImage> {
 public:
  ITK_DISALLOW_COPY_AND_MOVE(FirstframeRestoreImageFilter);

  using Self = FirstframeRestoreImageFilter;
  using Superclass = ImageToImageFilter<TInputImage, TOutputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  using InputImageType = TInputImage;
  using OutputImageType = TOutputImage;
  using InputPixelType = typename InputImageType::PixelType;
  using OutputPixelType = typename OutputImageType::PixelType;
  using InputRegionType = typename InputImageType::RegionType;
  using OutputRegionType = typename OutputImageType::RegionType;
  using ModelType = FirstframeModel;

  static constexpr unsigned int ImageDimension = InputImageType::ImageDimension;

  itkNewMacro(Self);
  itkTypeMacro(FirstframeRestoreImageFilter, ImageToImageFilter);

  /** The trained model. */
  itkSetInputMacro(Model, ModelType);
  itkGetInputMacro(Model, ModelType);

  /** Takes the model from a file instead, which is read when the pipeline runs; "" goes back to SetModel(). */
  virtual void SetModelFileName(const std::string& fileName);
  virtual std::string GetModelFileName() const;

  /** The axis that slices are counted along, 0..2; without meaning for 2-D images. Default 2. */
  itkSetMacro(SliceAxis, unsigned int);
  itkGetConstMacro(SliceAxis, unsigned int);

  /** What black and white are, as the input stores them. \exception ExceptionObject unless low < high */
  void SetValueRange(double low, double high);
  void ClearValueRange();

  /** docs/settings.md; with Threads 0 the number of work units is taken, at most the threads of the multi-threader. */
  itkFirstframeRestoreSettings(itkFirstframeSettingMacro);
  itkFirstframeAnySettingMacro();
  const std::vector<std::string>& GetSettingNames() const { return m_Settings.GetNames(); }

  itkConceptMacro(SameDimensionCheck, (Concept::SameDimension<InputImageType::ImageDimension, OutputImageType::ImageDimension>));
  static_assert(ImageDimension == 2 || ImageDimension == 3, "images are 2-D, or 3-D and restored slice by slice");
  static_assert(sizeof(FirstframeStoredType<InputPixelType>()) && sizeof(FirstframeStoredType<OutputPixelType>()));

 protected:
  FirstframeRestoreImageFilter();
  ~FirstframeRestoreImageFilter() override = default;

  void VerifyPreconditions() ITKv5_CONST override;
  void GenerateOutputInformation() override;
  void GenerateInputRequestedRegion() override;
  void GenerateData() override;
  void PrintSelf(std::ostream& os, Indent indent) const override;

 private:
  FirstframeAxes Axes() const { return FirstframeAxesBeside<ImageDimension>(m_SliceAxis); }
  firstframe::Region RequestOf(const OutputRegionType& region) const;
  InputRegionType DegradedRegion(const OutputRegionType& region) const;
  firstframe::RestoreSettings RestoreSettings() const;
  InputRegionType NeededRegion(const OutputRegionType& region) const;
  firstframe::Section AveragedSlice(const InputRegionType& slice) const;
  void RestoreSlice(const InputRegionType& degraded, const OutputRegionType& restored, const FirstframeSliceRun& run);

  FirstframeSettings m_Settings;
  FirstframeModelReader::Pointer m_ModelReader;
  unsigned int m_SliceAxis{2};
  std::optional<firstframe::ValueRange> m_ValueRange;
};

}  // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#include "itkFirstframeRestoreImageFilter.hxx"
#endif

#endif
