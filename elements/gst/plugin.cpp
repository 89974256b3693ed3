// The plugin "firstframe" and the elements in it.

#include "core/base/version.h"
#include "elements/gst/gstfirstframedegrade.h"
#include "elements/gst/gstfirstframemeasure.h"
#include "elements/gst/gstfirstframerestore.h"
#include "elements/gst/gstfirstframevolumesink.h"
#include "elements/gst/gstfirstframevolumesrc.h"

#define PACKAGE "firstframe"

static gboolean
plugin_init (GstPlugin * plugin)
{
  gboolean registered = GST_ELEMENT_REGISTER (firstframerestore, plugin);

  registered &= GST_ELEMENT_REGISTER (firstframedegrade, plugin);
  registered &= GST_ELEMENT_REGISTER (firstframemeasure, plugin);
  registered &= GST_ELEMENT_REGISTER (firstframevolumesrc, plugin);
  registered &= GST_ELEMENT_REGISTER (firstframevolumesink, plugin);
  return registered;
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, firstframe,
    "Learns from one clean frame and restores the rest of the stream",
    plugin_init, firstframe::kVersion, "Apache 2.0", "Firstframe",
    "Unknown package origin")
