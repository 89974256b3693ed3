#include "elements/gst/element_properties.h"

#include <array>

#include "core/restorers/model.h"
#include "elements/gst/setting_properties.h"

namespace firstframe {
namespace {

struct Location {
  const gchar* name;
  const gchar* nick;
  const gchar* blurb;
  std::string ElementProperties::*value;
};

constexpr std::array kLocations = {
    Location{
        "clean-location", "Clean picture",
        "Picture of the first frame without its degradation, of the same size, or 2 to 4 times larger for "
        "super-resolution; training learns from the two",
        &ElementProperties::clean_location},
    Location{"degraded-location", "Degraded picture",
             "Picture that belongs to clean-location; unset takes the first frame that arrives",
             &ElementProperties::degraded_location},
    Location{"model-location", "Model",
             "Trained model (.safetensors) to restore with; nothing is trained then, and clean-location is "
             "not read",
             &ElementProperties::model_location},
    Location{
        "save-model-location", "Save model as",
        "File (.safetensors) the trained model is written to; the stream's end then waits for the training",
        &ElementProperties::save_model_location},
};

// Property ids count from 1: the locations, the policy, clean-average, neighbours, the settings table.
constexpr guint kFirstLocation = 1;
constexpr guint kUntrainedPolicy = kFirstLocation + kLocations.size();
constexpr guint kCleanAverage = kUntrainedPolicy + 1;
constexpr guint kNeighbours = kCleanAverage + 1;
constexpr guint kFirstSetting = kNeighbours + 1;

constexpr auto kReadAtStart =
    static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY);

const Location* location_of(guint id) {
  return id >= kFirstLocation && id < kUntrainedPolicy ? &kLocations[id - kFirstLocation] : nullptr;
}

}  // namespace

void install_element_properties(GObjectClass* object_class) {
  guint id = kFirstLocation;
  for (const auto& location : kLocations)
    g_object_class_install_property(
        object_class, id++,
        g_param_spec_string(location.name, location.nick, location.blurb, nullptr, kReadAtStart));
  g_object_class_install_property(
      object_class, kUntrainedPolicy,
      g_param_spec_enum("untrained-policy", "Untrained policy",
                        "What becomes of frames that arrive before training ends", untrained_policy_type(),
                        static_cast<gint>(kDefaultUntrainedPolicy), kReadAtStart));
  g_object_class_install_property(
      object_class, kCleanAverage,
      g_param_spec_int("clean-average", "Clean average",
                       "Frames at the start of a scene that stands still whose mean is taken for the clean picture, "
                       "2 or more; 0 takes none",
                       0, 250, 0, kReadAtStart));
  g_object_class_install_property(
      object_class, kNeighbours,
      g_param_spec_int("neighbours", "Neighbours",
                       "Frames before each one that a model trained in the stream averages with it, registered: less noise where scenes "
                       "change slowly, as B-scans do; a loaded model knows its own number",
                       0, static_cast<gint>(kMostNeighbours), 0, kReadAtStart));
  install_setting_properties(object_class, kFirstSetting);
}

bool set_element_property(ElementProperties& properties, guint id, const GValue* value) {
  if (const auto* location = location_of(id)) {
    const auto* path = g_value_get_string(value);
    properties.*(location->value) = path ? path : "";
  } else if (id == kUntrainedPolicy) {
    properties.untrained_policy = static_cast<UntrainedPolicy>(g_value_get_enum(value));
  } else if (id == kCleanAverage) {
    properties.clean_average = g_value_get_int(value);
  } else if (id == kNeighbours) {
    properties.neighbours = g_value_get_int(value);
  } else if (const auto* setting = setting_of_property(id, kFirstSetting)) {
    put_property(properties.settings, *setting, value);
  } else {
    return false;
  }
  return true;
}

bool get_element_property(const ElementProperties& properties, guint id, GValue* value) {
  if (const auto* location = location_of(id)) {
    const auto& path = properties.*(location->value);
    g_value_set_string(value, path.empty() ? nullptr : path.c_str());
  } else if (id == kUntrainedPolicy) {
    g_value_set_enum(value, static_cast<gint>(properties.untrained_policy));
  } else if (id == kCleanAverage) {
    g_value_set_int(value, properties.clean_average);
  } else if (id == kNeighbours) {
    g_value_set_int(value, properties.neighbours);
  } else if (const auto* setting = setting_of_property(id, kFirstSetting)) {
    get_property(properties.settings, *setting, value);
  } else {
    return false;
  }
  return true;
}

}  // namespace firstframe
