#include "elements/gst/adapt_signal.h"

#include "elements/gst/stream_session.h"

namespace firstframe {
namespace {

gboolean adapt(GstElement* element, GstSample* degraded, GstSample* clean) {
  return session_of(element).adapt(degraded, clean);
}

}  // namespace

void install_adapt_signal(GstElementClass* element_class) {
  /**
   * GstFirstframeRestore::adapt:
   * @degraded: (nullable): a frame as it comes, or %NULL for the next one
   * @clean: the same without its degradation
   *
   * Retrains for a changed scene, beside the stream, which goes on with the
   * model it has until the new one is there. A training that runs is given up.
   * The better of the two models on the new pair stays. In PAUSED and PLAYING.
   *
   * Returns: whether the training was begun, or waits for the next frame; a
   *     WARNING message says why not
   */
  g_signal_new_class_handler("adapt", G_TYPE_FROM_CLASS(element_class),
                             static_cast<GSignalFlags>(G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION),
                             G_CALLBACK(adapt), nullptr, nullptr, nullptr, G_TYPE_BOOLEAN, 2, GST_TYPE_SAMPLE,
                             GST_TYPE_SAMPLE);
}

}  // namespace firstframe
