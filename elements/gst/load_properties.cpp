#include "elements/gst/load_properties.h"

#include <gst/gst.h>

namespace firstframe {
namespace {

constexpr auto kReadAtStart =
    static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY);
constexpr auto kReadOnly = static_cast<GParamFlags>(G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
constexpr guint kLongest = 60000;  // ms
constexpr guint kMostInFlight = 8;

}  // namespace

void install_load_properties(GObjectClass* object_class) {
  g_object_class_install_property(
      object_class, kMaxLatency,
      g_param_spec_uint("max-latency", "Largest latency",
                        "Milliseconds that a frame may take, which the element adds to the pipeline's latency; 0 for as long as "
                        "a frame lasts",
                        0, kLongest, 0, kReadAtStart));
  g_object_class_install_property(
      object_class, kOverloadPolicy,
      g_param_spec_enum("overload-policy", "Overload policy",
                        "What gives when frames of a live stream, or of one that comes late, take longer than they may",
                        overload_policy_type(), static_cast<gint>(kDefaultOverloadPolicy), kReadAtStart));
  g_object_class_install_property(
      object_class, kFramesInFlight,
      g_param_spec_uint("frames-in-flight", "Frames in flight",
                        "Frames that may be restored beside each other, which leave in their order, each so many frames less one later; 0 "
                        "takes 2 where a GPU restores, 1 elsewhere",
                        0, kMostInFlight, 0, kReadAtStart));
  g_object_class_install_property(
      object_class, kMaxObservedDelay,
      g_param_spec_uint64("max-observed-delay", "Largest delay seen", "Milliseconds that the slowest frame took so far", 0,
                          G_MAXUINT64, 0, kReadOnly));
  g_object_class_install_property(
      object_class, kStats,
      g_param_spec_boxed("stats", "Statistics",
                         "Frames in, out, late, degraded and dropped, their delays, the quality in use and the state of training",
                         GST_TYPE_STRUCTURE, kReadOnly));
}

bool set_load_property(LoadProperties& properties, guint id, const GValue* value) {
  if (id == kMaxLatency)
    properties.max_latency = g_value_get_uint(value);
  else if (id == kOverloadPolicy)
    properties.overload_policy = static_cast<OverloadPolicy>(g_value_get_enum(value));
  else if (id == kFramesInFlight)
    properties.frames_in_flight = g_value_get_uint(value);
  else
    return false;
  return true;
}

bool get_load_property(const LoadProperties& properties, guint id, GValue* value) {
  if (id == kMaxLatency)
    g_value_set_uint(value, properties.max_latency);
  else if (id == kOverloadPolicy)
    g_value_set_enum(value, static_cast<gint>(properties.overload_policy));
  else if (id == kFramesInFlight)
    g_value_set_uint(value, properties.frames_in_flight);
  else
    return false;
  return true;
}

}  // namespace firstframe
