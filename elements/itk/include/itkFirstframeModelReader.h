#ifndef itkFirstframeModelReader_h
#define itkFirstframeModelReader_h

#include "itkFirstframeModel.h"
#include "itkFirstframeSettings.h"
#include "itkProcessObject.h"

namespace itk {

/** \class FirstframeModelReader
 * \brief Reads a model file when the pipeline asks for it.
 *
 * The file is read again when the name or a setting changes; call Modified() when the file itself has changed.
 *
 * \ingroup Firstframe
 */
class Firstframe_EXPORT FirstframeModelReader : public ProcessObject {
 public:
  ITK_DISALLOW_COPY_AND_MOVE(FirstframeModelReader);

  using Self = FirstframeModelReader;
  using Superclass = ProcessObject;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;
  using ModelType = FirstframeModel;

  itkNewMacro(Self);
  itkTypeMacro(FirstframeModelReader, ProcessObject);

  itkSetStringMacro(FileName);
  itkGetStringMacro(FileName);

  /** Where the model runs, and in what numbers: "device" and "precision" of the settings table. */
  itkFirstframeSettingMacro(Device, "device", std::string);
  itkFirstframeSettingMacro(Precision, "precision", std::string);

  ModelType* GetOutput();
  const ModelType* GetOutput() const;

  using Superclass::MakeOutput;
  DataObjectPointer MakeOutput(DataObjectPointerArraySizeType index) override;

 protected:
  FirstframeModelReader();
  ~FirstframeModelReader() override = default;

  void VerifyPreconditions() ITKv5_CONST override;
  void GenerateData() override;
  void PrintSelf(std::ostream& os, Indent indent) const override;

 private:
  std::string m_FileName;
  FirstframeSettings m_Settings{{"device", "precision"}};
};

}  // namespace itk

#endif
