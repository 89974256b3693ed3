#pragma once

#include <glib-object.h>

namespace firstframe {

/// What gives when frames come faster than they can be restored.
enum class OverloadPolicy { adapt, drop, passthrough };

inline constexpr auto kDefaultOverloadPolicy = OverloadPolicy::adapt;

/// The policy as a GEnum: GstFirstframeRestoreOverloadPolicy.
GType overload_policy_type();

}  // namespace firstframe
