#pragma once

#include <gst/video/video.h>

#include "elements/gst/section_clock.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// What the sections of a volume look like as frames: GRAY8 for samples of 8 bits, GRAY16_LE for 16, coded as code_of() says.
/// \throws FormatError for wider samples, and for sections that are larger than frames can be
GstVideoInfo frame_info_of(const SectionSource& source, const SectionClock& clock);

/// Copies a section into a frame of its size and type, whatever the frame's strides.
/// \throws DeviceError when the frame's memory cannot be written to
void put_section(const Section& section, const GstVideoInfo& info, GstBuffer* buffer);

}  // namespace firstframe
