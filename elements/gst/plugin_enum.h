#pragma once

#include <gst/gst.h>

namespace firstframe {

/// Registers a GEnum whose nicks users of the plugin type. Call it once for a name.
/// \param values  ends with {0, nullptr, nullptr}; outlives the process
inline GType plugin_enum(const gchar* name, const GEnumValue* values) {
  const auto type = g_enum_register_static(name, values);
  gst_type_mark_as_plugin_api(type, static_cast<GstPluginAPIFlags>(0));
  return type;
}

}  // namespace firstframe
