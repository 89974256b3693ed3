#include "elements/gst/volume_source_properties.h"

#include <array>

#include "elements/gst/plugin_enum.h"
#include "io/volume/raw_size.h"

namespace firstframe {
namespace {

enum Id : guint { kLocation = 1, kAxis, kFramerate, kRawSize, kRawType, kRawBigEndian, kRawHeader };

constexpr auto kReadAtStart =
    static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY);

GType axis_type() {
  static const GType type = [] {
    static const GEnumValue values[] = {
        {static_cast<gint>(Axis::x), "Rows of a section run along z, columns along y", "x"},
        {static_cast<gint>(Axis::y), "Rows of a section run along z, columns along x", "y"},
        {static_cast<gint>(Axis::z), "Rows of a section run along y, columns along x", "z"},
        {0, nullptr, nullptr}};
    return plugin_enum("GstFirstframeVolumeSrcAxis", values);
  }();
  return type;
}

GType stored_type_type() {
  static const GType type = [] {
    static std::array<GEnumValue, std::size(kStoredTypes) + 1> values{};
    for (std::size_t i = 0; i < std::size(kStoredTypes); ++i) {
      const auto* name = g_intern_string(name_of(kStoredTypes[i]).c_str());
      values[i] = {static_cast<gint>(kStoredTypes[i]), name, name};
    }
    return plugin_enum("GstFirstframeVolumeSrcRawType", values.data());
  }();
  return type;
}

const gchar* text_or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

std::string text_in(const GValue* value) {
  const auto* text = g_value_get_string(value);
  return text ? text : "";
}

}  // namespace

void install_volume_source_properties(GObjectClass* object_class) {
  const auto install = [&](Id id, GParamSpec* property) { g_object_class_install_property(object_class, id, property); };
  const VolumeSourceProperties initial;
  install(kLocation, g_param_spec_string("location", "Volume",
                                         "Volume to read: .mha .mhd .nrrd .nhdr .nii .nii.gz .tif .dcm .vol .img .raw, a "
                                         "folder of DICOM slices or of pictures, or a file of bare samples of any name "
                                         "whose raw-size is set",
                                         nullptr, kReadAtStart));
  install(kAxis, g_param_spec_enum("axis", "Axis", "Axis of the volume that sections are counted along", axis_type(),
                                   static_cast<gint>(initial.axis), kReadAtStart));
  install(kFramerate,
          gst_param_spec_fraction("framerate", "Frame rate",
                                  "Sections for every second of stream time; volumes have no time of their own, so that it "
                                  "matters to players only",
                                  1, G_MAXINT, G_MAXINT, 1, initial.frames, initial.seconds, kReadAtStart));
  install(kRawSize, g_param_spec_string("raw-size", "Raw size",
                                        "The file holds bare samples of this size, COLUMNSxROWSxSECTIONS", nullptr, kReadAtStart));
  install(kRawType, g_param_spec_enum("raw-type", "Raw type", "Type of bare samples", stored_type_type(),
                                      static_cast<gint>(initial.raw_type), kReadAtStart));
  install(kRawBigEndian, g_param_spec_boolean("raw-big-endian", "Raw big-endian", "Whether bare samples have their high byte first",
                                              initial.raw_big_endian, kReadAtStart));
  install(kRawHeader, g_param_spec_int64("raw-header", "Raw header", "Bytes to pass over at the beginning of bare samples", 0,
                                         G_MAXINT64, initial.raw_header, kReadAtStart));
}

bool set_volume_source_property(VolumeSourceProperties& properties, guint id, const GValue* value) {
  switch (id) {
    case kLocation: properties.location = text_in(value); return true;
    case kAxis: properties.axis = static_cast<Axis>(g_value_get_enum(value)); return true;
    case kFramerate:
      properties.frames = gst_value_get_fraction_numerator(value);
      properties.seconds = gst_value_get_fraction_denominator(value);
      return true;
    case kRawSize: properties.raw_size = text_in(value); return true;
    case kRawType: properties.raw_type = static_cast<StoredType>(g_value_get_enum(value)); return true;
    case kRawBigEndian: properties.raw_big_endian = g_value_get_boolean(value); return true;
    case kRawHeader: properties.raw_header = g_value_get_int64(value); return true;
    default: return false;
  }
}

bool get_volume_source_property(const VolumeSourceProperties& properties, guint id, GValue* value) {
  switch (id) {
    case kLocation: g_value_set_string(value, text_or_null(properties.location)); return true;
    case kAxis: g_value_set_enum(value, static_cast<gint>(properties.axis)); return true;
    case kFramerate: gst_value_set_fraction(value, properties.frames, properties.seconds); return true;
    case kRawSize: g_value_set_string(value, text_or_null(properties.raw_size)); return true;
    case kRawType: g_value_set_enum(value, static_cast<gint>(properties.raw_type)); return true;
    case kRawBigEndian: g_value_set_boolean(value, properties.raw_big_endian); return true;
    case kRawHeader: g_value_set_int64(value, properties.raw_header); return true;
    default: return false;
  }
}

VolumeOptions volume_options(const VolumeSourceProperties& properties) {
  VolumeOptions options;
  options.axis = properties.axis;
  if (!properties.raw_size.empty())
    options.raw = RawVolume{raw_size_of(properties.raw_size), properties.raw_type, properties.raw_big_endian, properties.raw_header};
  return options;
}

}  // namespace firstframe
