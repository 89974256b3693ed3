#include "itkFirstframeModel.h"

#include "io/model/model_file.h"
#include "itkFirstframeError.h"

namespace itk {

void FirstframeModel::SetRestorer(RestorerPointer restorer) {
  if (restorer == m_Restorer) return;
  m_Restorer = std::move(restorer);
  this->Modified();
}

const firstframe::Restorer& FirstframeModel::GetTrained() const {
  if (!m_Restorer)
    itkExceptionMacro("the model is empty; update the filter that trains or reads it, or give it a restorer with SetRestorer()");
  return *m_Restorer;
}

void FirstframeModel::WriteModel(const std::string& fileName) const {
  FirstframeGuarded(this, [&] { firstframe::write_model(fileName, GetTrained().model()); });
}

void FirstframeModel::Initialize() {
  Superclass::Initialize();
  m_Restorer.reset();
}

void FirstframeModel::Graft(const DataObject* data) {
  const auto* model = dynamic_cast<const Self*>(data);
  if (!model) itkExceptionMacro("only another FirstframeModel can be grafted");
  this->SetRestorer(model->GetRestorer());
}

void FirstframeModel::PrintSelf(std::ostream& os, Indent indent) const {
  Superclass::PrintSelf(os, indent);
  if (!m_Restorer) {
    os << indent << "Restorer: (none)" << std::endl;
    return;
  }
  const auto& info = m_Restorer->info();
  os << indent << "Restorer: " << info.restorer << std::endl;
  os << indent << "Channels: " << info.channels << std::endl;
  os << indent << "ReceptiveField: " << info.receptive_field << std::endl;
  os << indent << "Scale: " << info.scale << std::endl;
  os << indent << "Steps: " << info.steps << std::endl;
}

}  // namespace itk
