#pragma once

#include <glib-object.h>

#include "elements/gst/overload_policy.h"

namespace firstframe {

/// What the user of firstframerestore says about time.
struct LoadProperties {
  guint max_latency = 0;  // milliseconds a frame may take; 0: as long as a frame lasts
  OverloadPolicy overload_policy = kDefaultOverloadPolicy;
  guint frames_in_flight = 0;  // 0: two where a GPU restores, one elsewhere
};

// Ids of the properties, far from those that element_properties.h counts.
enum LoadPropertyId : guint { kMaxLatency = 1000, kOverloadPolicy, kMaxObservedDelay, kStats, kFramesInFlight };

void install_load_properties(GObjectClass* object_class);

/// \return false when it is none of those that can be set
bool set_load_property(LoadProperties& properties, guint id, const GValue* value);
/// \return false when it is none of those that were set
bool get_load_property(const LoadProperties& properties, guint id, GValue* value);

}  // namespace firstframe
