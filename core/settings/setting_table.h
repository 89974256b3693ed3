#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/settings/settings.h"

namespace firstframe {

using SettingValue = std::variant<std::int64_t, double, std::string>;

/// One user-facing setting. The command's flags, the GStreamer properties, --help and the docs are made from
/// these, so a setting has one name, one range and one sentence wherever a user meets it.
struct Setting {
  enum class Kind { integer, number, choice };

  std::string_view name;      // flag of the command: "seconds" is --seconds
  std::string_view property;  // GStreamer property: "train-seconds"
  std::string_view unit;      // "s", "pixels"; empty for a plain number or choice
  std::string_view blurb;     // what the user will notice, one sentence
  Kind kind = Kind::integer;
  double lowest = 0;          // integer, number
  double highest = 0;
  std::vector<std::string_view> choices;  // choice
  bool trains = false;        // has a meaning while training
  bool restores = false;      // has a meaning while restoring

  SettingValue (*get)(const Settings&) = nullptr;
  void (*put)(Settings&, const SettingValue&) = nullptr;

  /// The value in a default-made Settings.
  SettingValue default_value() const { return get(Settings{}); }
};

/// All settings, in the order in which help lists them.
std::span<const Setting> setting_table();

/// \throws ArgumentError naming the settings there are
const Setting& setting_named(std::string_view name);

/// Checks and stores a value. An integer serves where a number is wanted.
/// \throws ArgumentError with the value found and the range or the choices accepted
void apply_setting(Settings& settings, const Setting& setting, const SettingValue& value);

/// The same from text, as a command line brings it.
void apply_setting(Settings& settings, const Setting& setting, const std::string& value);

/// A value as a user would type it.
std::string text_of(const SettingValue& value);

/// "1..600 s" or "l1, l2", for help and messages.
std::string accepted_by(const Setting& setting);

}  // namespace firstframe
