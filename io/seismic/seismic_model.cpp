#include "io/seismic/seismic_model.h"

#include <sstream>
#include <string>

#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr auto kInterval = "sample-interval-us", kGain = "agc-ms";

}  // namespace

std::optional<SeismicTraining> seismic_training(const ModelInfo& model) {
  std::istringstream settings(model.settings);
  std::optional<SeismicTraining> training;
  for (std::string setting; settings >> setting;) {
    const auto equals = setting.find('=');
    if (equals == setting.npos) continue;
    const auto name = setting.substr(0, equals);
    if (name != kInterval && name != kGain) continue;
    if (!training) training.emplace();
    std::istringstream value(setting.substr(equals + 1));
    value.imbue(std::locale::classic());
    value >> (name == kInterval ? training->sample_interval_us : training->agc_ms);
  }
  return training;
}

void note_seismic_training(ModelInfo& model, const SeismicTraining& training) {
  model.settings += text(model.settings.empty() ? "" : " ", kInterval, "=", training.sample_interval_us);
  if (training.agc_ms > 0) model.settings += text(" ", kGain, "=", training.agc_ms);
}

}  // namespace firstframe
