#include "elements/gst/volume_sink_properties.h"

#include <cmath>

#include "core/base/error.h"

namespace firstframe {
namespace {

enum Id : guint { kLocation = 1, kSections, kSpacing, kResume };

constexpr auto kReadAtStart =
    static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY);

// Launch lines give whole numbers as integers.
std::optional<std::array<double, 3>> spacing_in(const GValue* value) {
  const auto count = gst_value_array_get_size(value);
  if (count == 0) return std::nullopt;
  std::array<double, 3> spacing{};
  bool is_right = count == spacing.size();
  for (guint i = 0; is_right && i < count; ++i) {
    GValue number = G_VALUE_INIT;
    g_value_init(&number, G_TYPE_DOUBLE);
    is_right = g_value_transform(gst_value_array_get_value(value, i), &number);
    spacing[i] = g_value_get_double(&number);
    g_value_unset(&number);
    is_right = is_right && std::isfinite(spacing[i]) && spacing[i] > 0;
  }
  if (!is_right) throw ArgumentError("spacing: three numbers above 0 are accepted, as <0.5, 0.5, 2.0>");
  return spacing;
}

void put_spacing(const std::array<double, 3>& spacing, GValue* value) {
  for (const auto number : spacing) {
    GValue item = G_VALUE_INIT;
    g_value_init(&item, G_TYPE_DOUBLE);
    g_value_set_double(&item, number);
    gst_value_array_append_and_take_value(value, &item);
  }
}

}  // namespace

void install_volume_sink_properties(GObjectClass* object_class) {
  const auto install = [&](Id id, GParamSpec* property) { g_object_class_install_property(object_class, id, property); };
  install(kLocation, g_param_spec_string("location", "Volume",
                                         "Volume to write; its ending says the format: .mha .mhd .nrrd .nhdr .nii .nii.gz .tif "
                                         ".raw, or a folder of 16-bit PNGs, of DICOM slices where the source has such",
                                         nullptr, kReadAtStart));
  install(kSections, g_param_spec_int64("sections", "Sections",
                                        "How many sections the volume has; 0 takes what firstframevolumesrc says, and streams "
                                        "from elsewhere need it",
                                        0, G_MAXINT64, 0, kReadAtStart));
  install(kSpacing, gst_param_spec_array("spacing", "Spacing",
                                         "Distance between samples along x, y and z, as <0.5, 0.5, 2.0>; unset takes what "
                                         "firstframevolumesrc says, or 1",
                                         nullptr, kReadAtStart));
  install(kResume, g_param_spec_boolean("resume", "Resume",
                                        "Goes on where a stopped pipeline of the same elements, properties and files left its "
                                        "draft; otherwise a new draft is begun",
                                        FALSE, kReadAtStart));
}

bool set_volume_sink_property(VolumeSinkProperties& properties, guint id, const GValue* value) {
  switch (id) {
    case kLocation: {
      const auto* path = g_value_get_string(value);
      properties.location = path ? path : "";
      return true;
    }
    case kSections: properties.given.sections = g_value_get_int64(value); return true;
    case kSpacing: properties.given.spacing = spacing_in(value); return true;
    case kResume: properties.resume = g_value_get_boolean(value); return true;
    default: return false;
  }
}

bool get_volume_sink_property(const VolumeSinkProperties& properties, guint id, GValue* value) {
  switch (id) {
    case kLocation: g_value_set_string(value, properties.location.empty() ? nullptr : properties.location.c_str()); return true;
    case kSections: g_value_set_int64(value, properties.given.sections); return true;
    case kSpacing:
      if (properties.given.spacing) put_spacing(*properties.given.spacing, value);
      return true;
    case kResume: g_value_set_boolean(value, properties.resume); return true;
    default: return false;
  }
}

}  // namespace firstframe
