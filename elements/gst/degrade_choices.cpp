#include "elements/gst/degrade_choices.h"

#include "core/degradation/noise.h"
#include "core/frame/border.h"
#include "elements/gst/plugin_enum.h"

namespace firstframe {
GType noise_kind_type() {
  static const GEnumValue values[] = {
      {static_cast<gint>(NoiseKind::gaussian), "Equally strong everywhere", "gaussian"},
      {static_cast<gint>(NoiseKind::poisson), "Photons: the variance grows with brightness", "poisson"},
      {static_cast<gint>(NoiseKind::speckle), "Multiplicative: the standard deviation grows with brightness",
       "speckle"},
      {0, nullptr, nullptr}};
  static const GType type = plugin_enum("GstFirstframeDegradeNoiseKind", values);
  return type;
}

GType degrade_border_type() {
  static const GEnumValue values[] = {
      {static_cast<gint>(Border::reflect), "Mirrored at the edge pixel, which is not repeated", "reflect"},
      {static_cast<gint>(Border::circular), "The opposite edge follows", "circular"},
      {static_cast<gint>(Border::replicate), "The edge pixel is repeated", "replicate"},
      {0, nullptr, nullptr}};
  static const GType type = plugin_enum("GstFirstframeDegradeBorder", values);
  return type;
}

}  // namespace firstframe
