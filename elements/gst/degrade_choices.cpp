#include "elements/gst/degrade_choices.h"

#include <gst/gst.h>

#include "core/degradation/noise.h"
#include "core/frame/border.h"

namespace firstframe {
namespace {

GType registered(const gchar* name, const GEnumValue* values) {
  const auto type = g_enum_register_static(name, values);
  gst_type_mark_as_plugin_api(type, static_cast<GstPluginAPIFlags>(0));
  return type;
}

}  // namespace

GType noise_kind_type() {
  static const GEnumValue values[] = {
      {static_cast<gint>(NoiseKind::gaussian), "Equally strong everywhere", "gaussian"},
      {static_cast<gint>(NoiseKind::poisson), "Photons: the variance grows with brightness", "poisson"},
      {static_cast<gint>(NoiseKind::speckle), "Multiplicative: the standard deviation grows with brightness",
       "speckle"},
      {0, nullptr, nullptr}};
  static const GType type = registered("GstFirstframeDegradeNoiseKind", values);
  return type;
}

GType degrade_border_type() {
  static const GEnumValue values[] = {
      {static_cast<gint>(Border::reflect), "Mirrored at the edge pixel, which is not repeated", "reflect"},
      {static_cast<gint>(Border::circular), "The opposite edge follows", "circular"},
      {static_cast<gint>(Border::replicate), "The edge pixel is repeated", "replicate"},
      {0, nullptr, nullptr}};
  static const GType type = registered("GstFirstframeDegradeBorder", values);
  return type;
}

}  // namespace firstframe
