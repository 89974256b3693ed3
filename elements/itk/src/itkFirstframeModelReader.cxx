#include "itkFirstframeModelReader.h"

#include "io/model/model_file.h"

namespace itk {

FirstframeModelReader::FirstframeModelReader() {
  this->SetNumberOfRequiredOutputs(1);
  this->SetNthOutput(0, this->MakeOutput(0));
}

FirstframeModelReader::DataObjectPointer FirstframeModelReader::MakeOutput(DataObjectPointerArraySizeType) {
  return ModelType::New().GetPointer();
}

FirstframeModel* FirstframeModelReader::GetOutput() { return static_cast<ModelType*>(this->GetPrimaryOutput()); }
const FirstframeModel* FirstframeModelReader::GetOutput() const {
  return static_cast<const ModelType*>(this->GetPrimaryOutput());
}

void FirstframeModelReader::VerifyPreconditions() ITKv5_CONST {
  Superclass::VerifyPreconditions();
  if (m_FileName.empty()) itkExceptionMacro("there is no file name; name a model file with SetFileName()");
}

void FirstframeModelReader::GenerateData() {
  const auto& settings = m_Settings.GetValues().restore;
  FirstframeGuarded(this, [&] {
    this->GetOutput()->SetRestorer(
        firstframe::make_restorer(firstframe::read_model(m_FileName), settings.device, settings.precision));
  });
}

void FirstframeModelReader::PrintSelf(std::ostream& os, Indent indent) const {
  Superclass::PrintSelf(os, indent);
  os << indent << "FileName: " << m_FileName << std::endl;
  m_Settings.Print(os, indent);
}

}  // namespace itk
