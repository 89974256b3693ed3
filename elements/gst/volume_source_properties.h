#pragma once

#include <gst/gst.h>

#include <string>

#include "io/volume/section_source.h"

namespace firstframe {

/// What the user of firstframevolumesrc can set.
struct VolumeSourceProperties {
  std::string location;
  Axis axis = Axis::z;
  gint frames = 25;  // sections for every `seconds`
  gint seconds = 1;
  std::string raw_size;  // "512x1024x128"; empty for files that say it
  StoredType raw_type = StoredType::uint16;
  bool raw_big_endian = false;
  std::int64_t raw_header = 0;  // bytes
};

void install_volume_source_properties(GObjectClass* object_class);

/// \return false when there is no property of this id
bool set_volume_source_property(VolumeSourceProperties& properties, guint id, const GValue* value);

/// \return false when there is no property of this id
bool get_volume_source_property(const VolumeSourceProperties& properties, guint id, GValue* value);

/// \throws ArgumentError when raw-size is not of the form 512x1024x128
VolumeOptions volume_options(const VolumeSourceProperties& properties);

}  // namespace firstframe
