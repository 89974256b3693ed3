#include "elements/gst/untrained_policy.h"

#include "elements/gst/plugin_enum.h"

namespace firstframe {

GType untrained_policy_type() {
  static const GType type = [] {
    static const GEnumValue values[] = {
        {static_cast<gint>(UntrainedPolicy::passthrough), "Frames pass unchanged until training ends",
         "passthrough"},
        {static_cast<gint>(UntrainedPolicy::hold),
         "The stream waits, so that its first frame is restored too", "hold"},
        {static_cast<gint>(UntrainedPolicy::drop), "Frames are dropped until training ends", "drop"},
        {0, nullptr, nullptr}};
    return plugin_enum("GstFirstframeRestoreUntrainedPolicy", values);
  }();
  return type;
}

}  // namespace firstframe
