#ifndef itkFirstframeSettings_h
#define itkFirstframeSettings_h

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "FirstframeExport.h"
#include "core/settings/setting_table.h"
#include "itkFirstframeError.h"
#include "itkIndent.h"

namespace itk {

/** \class FirstframeSettings
 * \brief The rows of the settings table that an object takes, by the names that the command's flags have.
 *
 * Ranges, units, defaults and what each does: docs/settings.md. Throws what firstframe::apply_setting throws.
 *
 * \ingroup Firstframe
 */
class Firstframe_EXPORT FirstframeSettings {
 public:
  explicit FirstframeSettings(std::vector<std::string> names);

  /** Whether the value was another one before. */
  bool Set(const std::string& name, const std::string& text);
  bool Set(const std::string& name, double value);
  bool Set(const std::string& name, std::int64_t value);

  /** The value as a user would type it. */
  std::string GetText(const std::string& name) const;
  template <typename TValue>
  TValue Get(const std::string& name) const {
    return std::get<TValue>(this->Row(name).get(m_Values));
  }

  const firstframe::Settings& GetValues() const { return m_Values; }
  const std::vector<std::string>& GetNames() const { return m_Names; }
  void Print(std::ostream& os, Indent indent) const;

 private:
  const firstframe::Setting& Row(const std::string& name) const;
  bool Put(const std::string& name, const firstframe::SettingValue& value);

  std::vector<std::string> m_Names;
  firstframe::Settings m_Values;
};

}  // namespace itk

/** Set and Get methods of one setting, for a class with a member m_Settings. Setting another value modifies the object; one out of
 * range throws, naming what is accepted. */
#define itkFirstframeSettingMacro(method, name, type)                         \
  virtual void Set##method(const type& value) {                               \
    itk::FirstframeGuarded(this, [&] {                                        \
      if (m_Settings.Set(name, value)) this->Modified();                      \
    });                                                                       \
  }                                                                           \
  virtual type Get##method() const { return m_Settings.Get<type>(name); }     \
  ITK_MACROEND_NOOP_STATEMENT

/** The same for any setting of the class by its name, value as text: SetSetting("learning-rate", "0.001"). */
#define itkFirstframeAnySettingMacro()                                        \
  virtual void SetSetting(const std::string& name, const std::string& value) { \
    itk::FirstframeGuarded(this, [&] {                                        \
      if (m_Settings.Set(name, value)) this->Modified();                      \
    });                                                                       \
  }                                                                           \
  virtual std::string GetSetting(const std::string& name) const {             \
    return itk::FirstframeGuarded(this, [&] { return m_Settings.GetText(name); }); \
  }                                                                           \
  ITK_MACROEND_NOOP_STATEMENT

#endif
