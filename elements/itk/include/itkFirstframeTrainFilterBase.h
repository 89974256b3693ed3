#ifndef itkFirstframeTrainFilterBase_h
#define itkFirstframeTrainFilterBase_h

#include <optional>

#include "core/training/pair.h"
#include "itkFirstframeModel.h"
#include "itkFirstframeSettings.h"
#include "itkProcessObject.h"

/** Every training setting: method, name in the settings table, type. A test compares them with the table. */
#define itkFirstframeTrainSettings(setting)                \
  setting(Restorer, "restorer", std::string);              \
  setting(Seconds, "seconds", double);                     \
  setting(Steps, "steps", std::int64_t);                   \
  setting(Scale, "scale", std::int64_t);                   \
  setting(Augment, "augment", std::string);                \
  setting(Synthetic, "synthetic", double);                 \
  setting(NoiseJitter, "noise-jitter", double);            \
  setting(BlurJitter, "blur-jitter", double);              \
  setting(Loss, "loss", std::string);                      \
  setting(Patch, "patch", std::int64_t);                   \
  setting(Batch, "batch", std::int64_t);                   \
  setting(LearningRate, "learning-rate", double);          \
  setting(Width, "width", std::int64_t);                   \
  setting(Depth, "depth", std::int64_t);                   \
  setting(RnnStep, "rnn-step", std::string);               \
  setting(RnnStepSize, "rnn-step-size", std::int64_t);     \
  setting(RnnDirection, "rnn-direction", std::string);     \
  setting(RnnOutput, "rnn-output", std::string);           \
  setting(RnnLatent, "rnn-latent", std::int64_t);          \
  setting(GanLambda, "gan-lambda", double);                \
  setting(Border, "border", std::string);                  \
  setting(HeldOut, "held-out", double);                    \
  setting(Seed, "seed", std::int64_t);                     \
  setting(Intensity, "intensity", std::string);            \
  setting(Device, "device", std::string);                  \
  setting(Precision, "precision", std::string);            \
  setting(Threads, "threads", std::int64_t)

namespace itk {

/** \class FirstframeTrainFilterBase
 * \brief What FirstframeTrainFilter does whatever its pixel types are: settings, training, progress, the model.
 *
 * \ingroup Firstframe
 */
class Firstframe_EXPORT FirstframeTrainFilterBase : public ProcessObject {
 public:
  ITK_DISALLOW_COPY_AND_MOVE(FirstframeTrainFilterBase);

  using Self = FirstframeTrainFilterBase;
  using Superclass = ProcessObject;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;
  using ModelType = FirstframeModel;

  itkTypeMacro(FirstframeTrainFilterBase, ProcessObject);

  /** Settings of the training: ranges, units, defaults and what each does stand in docs/settings.md. With Threads 0 the number of
   * work units is taken, at most the threads of the multi-threader. */
  itkFirstframeTrainSettings(itkFirstframeSettingMacro);

  /** Any of them by its name in the table, value as text: SetSetting("learning-rate", "0.001"). */
  itkFirstframeAnySettingMacro();

  /** The names that SetSetting takes. */
  const std::vector<std::string>& GetSettingNames() const { return m_Settings.GetNames(); }

  /** What black and white are, as the images store them. Unset, it is the full range of 8-bit pixels, and the lowest and highest
   * value of the pair for the others. \exception ExceptionObject unless low < high */
  void SetValueRange(double low, double high);
  void ClearValueRange();

  /** The trained model. */
  ModelType* GetOutput();
  const ModelType* GetOutput() const;
  ModelType* GetModel() { return this->GetOutput(); }

  using Superclass::MakeOutput;
  DataObjectPointer MakeOutput(DataObjectPointerArraySizeType index) override;

 protected:
  FirstframeTrainFilterBase();
  ~FirstframeTrainFilterBase() override = default;

  /** The two input images as sections. */
  virtual firstframe::TrainingPair MakePair() const = 0;

  void GenerateData() override;
  void PrintSelf(std::ostream& os, Indent indent) const override;

  std::optional<firstframe::ValueRange> m_ValueRange;

 private:
  FirstframeSettings m_Settings;

  // The last training, and what it was of: pixels, range and settings. A reader that streams the restored volume as well makes the
  // pair's images anew for every piece, with the same pixels.
  FirstframeModel::RestorerPointer m_Trained;
  std::string m_TrainedOf;
};

}  // namespace itk

#endif
