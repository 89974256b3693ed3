#include "elements/gst/overload_policy.h"

#include "elements/gst/plugin_enum.h"

namespace firstframe {

GType overload_policy_type() {
  static const GType type = [] {
    static const GEnumValue values[] = {
        {static_cast<gint>(OverloadPolicy::adapt),
         "Quality falls step by step, and no frame is lost: longer stride, then unchanged tiles kept, then a light network trained in the stream, then passthrough",
         "adapt"},
        {static_cast<gint>(OverloadPolicy::drop), "Full quality; frames that come too late are dropped", "drop"},
        {static_cast<gint>(OverloadPolicy::passthrough), "Full quality or none: frames pass unchanged while it is too slow",
         "passthrough"},
        {0, nullptr, nullptr}};
    return plugin_enum("GstFirstframeRestoreOverloadPolicy", values);
  }();
  return type;
}

}  // namespace firstframe
