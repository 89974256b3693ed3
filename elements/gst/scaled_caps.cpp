#include "elements/gst/scaled_caps.h"

#include <numeric>

namespace firstframe {
namespace {

enum class Direction { enlarge, reduce };

bool scale_int(gint size, gint factor, Direction direction, GValue* scaled) {
  const bool fits = direction == Direction::enlarge ? size <= G_MAXINT / factor : size % factor == 0;
  if (!fits) return false;
  g_value_init(scaled, G_TYPE_INT);
  g_value_set_int(scaled, direction == Direction::enlarge ? size * factor : size / factor);
  return true;
}

bool scale_range(const GValue* sizes, gint factor, Direction direction, GValue* scaled) {
  gint low = gst_value_get_int_range_min(sizes);
  gint high = gst_value_get_int_range_max(sizes);
  gint step = gst_value_get_int_range_step(sizes);
  if (direction == Direction::enlarge) {
    if (step > G_MAXINT / factor) return false;
    high = MIN(high, G_MAXINT / factor / step * step);
    if (low > high) return false;
    low *= factor;
    high *= factor;
    step *= factor;
  } else {
    step = std::lcm(static_cast<gint64>(step), factor) / factor;
    low = (low / factor + (low % factor != 0) + step - 1) / step * step;
    high = high / factor / step * step;
    if (low > high) return false;
  }
  if (low == high) {
    g_value_init(scaled, G_TYPE_INT);
    g_value_set_int(scaled, low);
  } else {
    g_value_init(scaled, GST_TYPE_INT_RANGE);
    gst_value_set_int_range_step(scaled, low, high, step);
  }
  return true;
}

// A size, a range or a list of them. \return false when nothing is left
bool scale_value(const GValue* sizes, gint factor, Direction direction, GValue* scaled) {
  if (G_VALUE_HOLDS_INT(sizes)) return scale_int(g_value_get_int(sizes), factor, direction, scaled);
  if (GST_VALUE_HOLDS_INT_RANGE(sizes)) return scale_range(sizes, factor, direction, scaled);
  if (!GST_VALUE_HOLDS_LIST(sizes)) return false;
  g_value_init(scaled, GST_TYPE_LIST);
  for (guint i = 0; i < gst_value_list_get_size(sizes); ++i) {
    GValue one = G_VALUE_INIT;
    if (scale_value(gst_value_list_get_value(sizes, i), factor, direction, &one))
      gst_value_list_append_and_take_value(scaled, &one);
  }
  return gst_value_list_get_size(scaled) > 0;
}

bool scale_field(GstStructure* structure, const gchar* field, gint factor, Direction direction) {
  const auto* sizes = gst_structure_get_value(structure, field);
  if (!sizes) return true;  // any size stays any size
  GValue scaled = G_VALUE_INIT;
  const bool is_left = scale_value(sizes, factor, direction, &scaled);
  if (is_left) gst_structure_set_value(structure, field, &scaled);
  if (G_IS_VALUE(&scaled)) g_value_unset(&scaled);
  return is_left;
}

GstCaps* scaled_caps(const GstCaps* caps, gint factor, Direction direction) {
  if (factor == 1 || gst_caps_is_any(caps)) return gst_caps_copy(caps);
  auto* result = gst_caps_new_empty();
  for (guint i = 0; i < gst_caps_get_size(caps); ++i) {
    auto* structure = gst_structure_copy(gst_caps_get_structure(caps, i));
    if (scale_field(structure, "width", factor, direction) &&
        scale_field(structure, "height", factor, direction))
      gst_caps_append_structure_full(result, structure,
                                     gst_caps_features_copy(gst_caps_get_features(caps, i)));
    else
      gst_structure_free(structure);
  }
  return result;
}

}  // namespace

std::optional<Extent> extent_in(const GstCaps* caps) {
  gint width = 0, height = 0;
  if (!gst_caps_is_fixed(caps)) return std::nullopt;
  const auto* structure = gst_caps_get_structure(caps, 0);
  if (!gst_structure_get_int(structure, "width", &width) || !gst_structure_get_int(structure, "height", &height))
    return std::nullopt;
  return Extent{height, width};
}

GstCaps* enlarged_caps(const GstCaps* caps, gint factor) {
  return scaled_caps(caps, factor, Direction::enlarge);
}

GstCaps* reduced_caps(const GstCaps* caps, gint factor) {
  return scaled_caps(caps, factor, Direction::reduce);
}

}  // namespace firstframe
