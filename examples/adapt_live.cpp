// How does an application retrain a running pipeline when its scene has changed?
//   adapt_live
// Plays blurred test pictures, swaps the scene after two seconds and calls the signal "adapt" with its clean picture.
// Prints every model that goes live, and every one that was no gain.

#include <gst/gst.h>

#include <cstdlib>
#include <iostream>
#include <string>

namespace {

// One frame of a test picture as a sample, as an application gets one from its own annotation.
GstSample* clean_picture(const std::string& pattern) {
  const auto line =
      "videotestsrc num-buffers=1 pattern=" + pattern +
      " ! video/x-raw,format=I420,width=160,height=120,framerate=25/1 ! appsink name=end sync=false";
  GstElement* pipeline = gst_parse_launch(line.c_str(), nullptr);
  GstElement* end = gst_bin_get_by_name(GST_BIN(pipeline), "end");
  GstSample* sample = nullptr;
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  g_signal_emit_by_name(end, "pull-sample", &sample);
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(end);
  gst_object_unref(pipeline);
  return sample;
}

bool adapt(GstElement* restore, const std::string& pattern) {
  // [begin: adapt]
  GstSample* clean = clean_picture(pattern);
  gboolean is_accepted = FALSE;  // NULL: the next frame that arrives is the degraded one
  g_signal_emit_by_name(restore, "adapt", static_cast<GstSample*>(nullptr), clean, &is_accepted);
  gst_sample_unref(clean);
  // [end: adapt]
  return is_accepted;
}

// \return false at an error, and at the end
bool tell(GstMessage* message) {
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR || GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS)
    return false;
  const GstStructure* fields = gst_message_get_structure(message);
  gdouble psnr = 0;
  if (!fields || !g_str_has_prefix(gst_structure_get_name(fields), "firstframe-model")) return true;
  gst_structure_get_double(fields, "held-out-psnr", &psnr);
  std::cout << gst_structure_get_name(fields) << ": " << psnr << " dB\n";
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  gst_init(&argc, &argv);
  GError* error = nullptr;
  GstElement* pipeline = gst_parse_launch(
      "videotestsrc name=scene is-live=true num-buffers=125 pattern=smpte75 ! "
      "video/x-raw,format=I420,width=160,height=120,framerate=25/1 ! videoscale ! "
      "video/x-raw,width=80,height=60 ! videoscale ! "
      "video/x-raw,width=160,height=120 ! firstframerestore name=restore restorer=linear ! fakesink",
      &error);
  if (error) {
    std::cerr << "adapt_live: " << error->message << "\n";
    return EXIT_FAILURE;
  }
  GstElement* restore = gst_bin_get_by_name(GST_BIN(pipeline), "restore");
  GstElement* scene = gst_bin_get_by_name(GST_BIN(pipeline), "scene");
  GstBus* bus = gst_element_get_bus(pipeline);
  gst_object_unref(
      gst_element_request_pad_simple(restore, "clean"));  // unlinked: all pictures come by the signal

  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  bool goes_on = adapt(restore, "smpte75"), has_changed = false;
  while (goes_on) {
    GstMessage* message = gst_bus_timed_pop(bus, 2 * GST_SECOND);
    if (message) goes_on = tell(message);
    if (message) gst_message_unref(message);
    if (has_changed || gst_element_get_current_running_time(pipeline) < 2 * GST_SECOND) continue;
    gst_util_set_object_arg(G_OBJECT(scene), "pattern", "pinwheel");
    g_usleep(200000);  // the last frame of the former scene has passed
    has_changed = adapt(restore, "pinwheel");
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
  for (gpointer object : {static_cast<gpointer>(bus), static_cast<gpointer>(scene),
                          static_cast<gpointer>(restore), static_cast<gpointer>(pipeline)})
    gst_object_unref(object);
  return has_changed ? EXIT_SUCCESS : EXIT_FAILURE;
}
