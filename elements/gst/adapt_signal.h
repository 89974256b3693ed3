#pragma once

#include <gst/gst.h>

namespace firstframe {

/// Adds the action signal `adapt` to a class of elements with a session.
void install_adapt_signal(GstElementClass* element_class);

}  // namespace firstframe
