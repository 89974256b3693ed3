#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/frame/section.h"
#include "elements/gst/volume_stream.h"

namespace firstframe {

/// What the user said about the volume that is to be written.
struct GivenVolume {
  std::int64_t sections = 0;  // 0 leaves it to the stream
  std::optional<std::array<double, 3>> spacing;
};

/// The volume that sections make.
struct VolumePlan {
  VolumeInfo info;
  Axis axis = Axis::z;
  bool is_recoded = false;  // the source stored samples of another type than those that arrive
};

/// The volume that the sections of a stream make: the source's, in the source's type where frames hold it, its sections enlarged
/// as they arrive. A stream that says nothing makes a volume of unsigned samples along z, at spacing 1. What is given wins.
///
/// \param stream  what came in front of the sections
/// \param type    of the frames, uint8 or uint16
/// \param extent  of the frames
/// \throws ArgumentError when nobody knows the number of sections
/// \throws FormatError when the frames are neither as large as the source's sections nor a whole number of times as large
VolumePlan plan_volume(const GivenVolume& given, const std::optional<VolumeStream>& stream, SampleType type, Extent extent);

}  // namespace firstframe
