#include "elements/gst/setting_properties.h"

#include <gst/gst.h>

#include <cctype>
#include <limits>
#include <string>

#include "elements/gst/plugin_enum.h"

namespace firstframe {
namespace {

// GObject keeps names for the life of the process.
const gchar* kept(std::string_view name) { return g_intern_string(std::string(name).c_str()); }

// "learning-rate" -> "GstFirstframeRestoreLearningRate"
std::string enum_name(const Setting& setting) {
  std::string name = "GstFirstframeRestore";
  bool is_first_letter = true;
  for (const char letter : setting.property) {
    if (letter != '-') name += is_first_letter ? static_cast<char>(std::toupper(letter)) : letter;
    is_first_letter = letter == '-';
  }
  return name;
}

GType choice_type(const Setting& setting) {
  const auto name = enum_name(setting);
  if (const auto known = g_type_from_name(name.c_str())) return known;
  auto* values = g_new0(GEnumValue, setting.choices.size() + 1);  // owned by the type, which is never removed
  for (std::size_t i = 0; i < setting.choices.size(); ++i)
    values[i] = {static_cast<gint>(i), kept(setting.choices[i]), kept(setting.choices[i])};
  return plugin_enum(kept(name), values);
}

gint index_of(const Setting& setting, const SettingValue& value) {
  const auto& chosen = std::get<std::string>(value);
  for (std::size_t i = 0; i < setting.choices.size(); ++i)
    if (setting.choices[i] == chosen) return static_cast<gint>(i);
  return 0;
}

bool fits_an_int(const Setting& setting) {
  return setting.lowest >= std::numeric_limits<gint>::min() &&
         setting.highest <= std::numeric_limits<gint>::max();
}

GParamSpec* property_of(const Setting& setting) {
  const auto flags = static_cast<GParamFlags>(
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
      (is_mutable_while_playing(setting) ? GST_PARAM_MUTABLE_PLAYING : GST_PARAM_MUTABLE_READY));
  const auto* name = kept(setting.property);
  const auto* nick = kept(setting.name);
  const auto* blurb = kept(setting.blurb);
  const auto initial = setting.default_value();
  switch (setting.kind) {
    case Setting::Kind::choice:
      return g_param_spec_enum(name, nick, blurb, choice_type(setting), index_of(setting, initial), flags);
    case Setting::Kind::number:
      return g_param_spec_double(name, nick, blurb, setting.lowest, setting.highest,
                                 std::get<double>(initial), flags);
    case Setting::Kind::integer:
      break;
  }
  const auto lowest = static_cast<std::int64_t>(setting.lowest);
  const auto highest = static_cast<std::int64_t>(setting.highest);
  const auto whole = std::get<std::int64_t>(initial);
  if (!fits_an_int(setting)) return g_param_spec_int64(name, nick, blurb, lowest, highest, whole, flags);
  return g_param_spec_int(name, nick, blurb, static_cast<gint>(lowest), static_cast<gint>(highest),
                          static_cast<gint>(whole), flags);
}

SettingValue value_of(const Setting& setting, const GValue* value) {
  switch (setting.kind) {
    case Setting::Kind::choice:
      return std::string(setting.choices.at(static_cast<std::size_t>(g_value_get_enum(value))));
    case Setting::Kind::number:
      return g_value_get_double(value);
    case Setting::Kind::integer:
      break;
  }
  return static_cast<std::int64_t>(fits_an_int(setting) ? g_value_get_int(value) : g_value_get_int64(value));
}

}  // namespace

bool is_mutable_while_playing(const Setting& setting) {
  if (setting.name == "device" || setting.name == "precision") return false;  // a restorer is made for them
  if (setting.name == "intensity") return false;                              // a model is refused by it, before there are frames
  return setting.restores;
}

void install_setting_properties(GObjectClass* object_class, guint first_id) {
  for (const auto& setting : setting_table())
    g_object_class_install_property(object_class, first_id++, property_of(setting));
}

const Setting* setting_of_property(guint id, guint first_id) {
  const auto table = setting_table();
  return id >= first_id && id - first_id < table.size() ? &table[id - first_id] : nullptr;
}

void put_property(Settings& settings, const Setting& setting, const GValue* value) {
  apply_setting(settings, setting, value_of(setting, value));
}

void get_property(const Settings& settings, const Setting& setting, GValue* value) {
  const auto current = setting.get(settings);
  switch (setting.kind) {
    case Setting::Kind::choice:
      return g_value_set_enum(value, index_of(setting, current));
    case Setting::Kind::number:
      return g_value_set_double(value, std::get<double>(current));
    case Setting::Kind::integer:
      break;
  }
  const auto whole = std::get<std::int64_t>(current);
  if (fits_an_int(setting))
    g_value_set_int(value, static_cast<gint>(whole));
  else
    g_value_set_int64(value, whole);
}

}  // namespace firstframe
