#pragma once

#include <glib-object.h>

namespace firstframe {

/// NoiseKind as a GEnum: GstFirstframeDegradeNoiseKind.
GType noise_kind_type();

/// Border as a GEnum: GstFirstframeDegradeBorder.
GType degrade_border_type();

}  // namespace firstframe
