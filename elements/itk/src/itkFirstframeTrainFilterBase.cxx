#include "itkFirstframeTrainFilterBase.h"

#include <algorithm>
#include <ios>
#include <stop_token>

#include "core/base/text.h"
#include "core/training/pair_hash.h"
#include "core/training/trainer.h"
#include "itkFirstframeRun.h"

namespace itk {
namespace {

std::vector<std::string> TrainSettingNames() {
#define itkFirstframeSettingName(method, name, type) names.emplace_back(name)
  std::vector<std::string> names;
  itkFirstframeTrainSettings(itkFirstframeSettingName);
  return names;
#undef itkFirstframeSettingName
}

// What a training depends on, as text.
std::string NameOf(const firstframe::TrainingPair& pair, const FirstframeSettings& settings) {
  const auto range = pair.degraded.range();
  auto name = firstframe::text(firstframe::pair_hash(pair), std::hexfloat, " ", range.low, " ", range.high);
  for (const auto& setting : settings.GetNames()) name.append(" ").append(settings.GetText(setting));
  return name;
}

// How much of the training is done, 0..1, by steps where their number is fixed.
double Fraction(const firstframe::TrainingProgress& progress) {
  const double all = progress.seconds + progress.seconds_left;
  if (progress.planned_steps > 0) return static_cast<double>(progress.step) / static_cast<double>(progress.planned_steps);
  return all > 0 ? progress.seconds / all : 0;
}

}  // namespace

FirstframeTrainFilterBase::FirstframeTrainFilterBase() : m_Settings(TrainSettingNames()) {
  this->SetNumberOfRequiredOutputs(1);
  this->SetNthOutput(0, this->MakeOutput(0));
}

FirstframeTrainFilterBase::DataObjectPointer FirstframeTrainFilterBase::MakeOutput(DataObjectPointerArraySizeType) {
  return ModelType::New().GetPointer();
}

FirstframeModel* FirstframeTrainFilterBase::GetOutput() { return static_cast<ModelType*>(this->GetPrimaryOutput()); }
const FirstframeModel* FirstframeTrainFilterBase::GetOutput() const {
  return static_cast<const ModelType*>(this->GetPrimaryOutput());
}

void FirstframeTrainFilterBase::SetValueRange(double low, double high) {
  FirstframeGuarded(this, [&] {
    if (FirstframeSetRange(m_ValueRange, low, high)) this->Modified();
  });
}

void FirstframeTrainFilterBase::ClearValueRange() {
  if (!m_ValueRange) return;
  m_ValueRange.reset();
  this->Modified();
}

void FirstframeTrainFilterBase::GenerateData() {
  FirstframeGuarded(this, [&] {
    const auto pair = this->MakePair();
    const auto name = NameOf(pair, m_Settings);
    if (m_Trained && name == m_TrainedOf) return this->GetOutput()->SetRestorer(m_Trained);
    auto settings = m_Settings.GetValues().train;
    settings.threads = FirstframeThreads(*this, settings.threads);
    std::stop_source stop;
    float shown = 0;
    const auto progress = [&](const firstframe::TrainingProgress& now) {
      shown = std::max(shown, std::min(1.0F, static_cast<float>(Fraction(now))));  // an estimate may fall, progress may not
      this->UpdateProgress(shown);
      if (this->GetAbortGenerateData()) stop.request_stop();
    };
    m_Trained = firstframe::train(pair, settings, progress, stop.get_token());
    m_TrainedOf = name;
    this->GetOutput()->SetRestorer(m_Trained);
  });
}

void FirstframeTrainFilterBase::PrintSelf(std::ostream& os, Indent indent) const {
  Superclass::PrintSelf(os, indent);
  m_Settings.Print(os, indent);
  if (m_ValueRange)
    os << indent << "ValueRange: " << m_ValueRange->low << " " << m_ValueRange->high << std::endl;
  else
    os << indent << "ValueRange: (found from the pair)" << std::endl;
}

}  // namespace itk
