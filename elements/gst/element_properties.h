#pragma once

#include <gst/gst.h>

#include <string>

#include "core/settings/settings.h"
#include "elements/gst/untrained_policy.h"

namespace firstframe {

/// What the user of firstframerestore can set. Empty locations are unset.
struct ElementProperties {
  std::string clean_location;
  std::string degraded_location;
  std::string model_location;
  std::string save_model_location;
  UntrainedPolicy untrained_policy = kDefaultUntrainedPolicy;
  int clean_average = 0;  // frames; 0 for none
  int neighbours = 0;     // frames before each that a model trained here averages with it
  Settings settings;
};

void install_element_properties(GObjectClass* object_class);

/// \return false when there is no property of this id
/// \throws ArgumentError when the value is out of a setting's range
bool set_element_property(ElementProperties& properties, guint id, const GValue* value);

/// \return false when there is no property of this id
bool get_element_property(const ElementProperties& properties, guint id, GValue* value);

}  // namespace firstframe
