#include "itkFirstframeSettings.h"

#include <algorithm>

#include "core/base/text.h"

namespace itk {

FirstframeSettings::FirstframeSettings(std::vector<std::string> names) : m_Names(std::move(names)) {}

const firstframe::Setting& FirstframeSettings::Row(const std::string& name) const {
  if (std::find(m_Names.begin(), m_Names.end(), name) == m_Names.end()) {
    std::string all;
    for (const auto& known : m_Names) all += (all.empty() ? "" : ", ") + known;
    throw firstframe::ArgumentError(firstframe::text("setting '", name, "' is not one of this filter's; there are ", all));
  }
  return firstframe::setting_named(name);
}

bool FirstframeSettings::Put(const std::string& name, const firstframe::SettingValue& value) {
  const auto& row = this->Row(name);
  const auto before = row.get(m_Values);
  firstframe::apply_setting(m_Values, row, value);
  return row.get(m_Values) != before;
}

bool FirstframeSettings::Set(const std::string& name, const std::string& text) {
  const auto& row = this->Row(name);
  const auto before = row.get(m_Values);
  firstframe::apply_setting(m_Values, row, text);
  return row.get(m_Values) != before;
}

bool FirstframeSettings::Set(const std::string& name, double value) { return this->Put(name, value); }
bool FirstframeSettings::Set(const std::string& name, std::int64_t value) { return this->Put(name, value); }

std::string FirstframeSettings::GetText(const std::string& name) const {
  return firstframe::text_of(this->Row(name).get(m_Values));
}

void FirstframeSettings::Print(std::ostream& os, Indent indent) const {
  for (const auto& name : m_Names) os << indent << "Setting " << name << ": " << this->GetText(name) << std::endl;
}

}  // namespace itk
