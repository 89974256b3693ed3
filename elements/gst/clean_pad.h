#pragma once

#include <gst/gst.h>

namespace firstframe {

/// Adds the request pad `clean` to a class of elements with a session: the first frame that arrives there is the
/// session's clean picture, all others are passed over. Nothing that arrives waits for `sink`, or leaves the
/// element.
void install_clean_pad(GstElementClass* element_class, GstStaticPadTemplate* pad_template);

}  // namespace firstframe
