#pragma once

#include <gst/gst.h>

#include <string>

#include "elements/gst/volume_plan.h"

namespace firstframe {

/// What the user of firstframevolumesink can set.
struct VolumeSinkProperties {
  std::string location;
  GivenVolume given;
  bool resume = false;
};

void install_volume_sink_properties(GObjectClass* object_class);

/// \return false when there is no property of this id
/// \throws ArgumentError when the spacing is not three numbers above 0
bool set_volume_sink_property(VolumeSinkProperties& properties, guint id, const GValue* value);

/// \return false when there is no property of this id
bool get_volume_sink_property(const VolumeSinkProperties& properties, guint id, GValue* value);

}  // namespace firstframe
