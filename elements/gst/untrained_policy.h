#pragma once

#include <glib-object.h>

namespace firstframe {

/// What becomes of frames that arrive before there is a model.
enum class UntrainedPolicy { passthrough, hold, drop };

inline constexpr auto kDefaultUntrainedPolicy = UntrainedPolicy::passthrough;

/// The policy as a GEnum: GstFirstframeRestoreUntrainedPolicy.
GType untrained_policy_type();

}  // namespace firstframe
