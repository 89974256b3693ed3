#pragma once

#include <glib-object.h>

#include "core/settings/setting_table.h"

namespace firstframe {

/// Installs one property for every row of the settings table: its name, range, default and blurb. Choices
/// become a GEnum named after the property (GstFirstframeRestoreLoss), whose nicks are the choices.
///
/// A setting that only restoring reads may be changed while playing; those that a training or a restorer is
/// made with need the READY state.
///
/// \param first_id  property id of the first row; the others follow
void install_setting_properties(GObjectClass* object_class, guint first_id);

/// The row of a property id; nullptr when the id is not one of the table's.
const Setting* setting_of_property(guint id, guint first_id);

/// Whether the property may be changed while playing.
bool is_mutable_while_playing(const Setting& setting);

/// \throws ArgumentError when the value is out of the setting's range
void put_property(Settings& settings, const Setting& setting, const GValue* value);

/// \param value  initialised with the property's type
void get_property(const Settings& settings, const Setting& setting, GValue* value);

}  // namespace firstframe
