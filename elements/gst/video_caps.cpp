#include "elements/gst/video_caps.h"

namespace firstframe {

bool InterlacedCaps::accept(GstElement* element, const GstVideoInfo& info) {
  const bool is_interlaced = GST_VIDEO_INFO_IS_INTERLACED(&info);
  if (is_interlaced && !is_refused_)
    GST_ELEMENT_ERROR(element, STREAM, FORMAT,
                      ("Interlaced video (%s) is not supported; put deinterlace before %s.",
                       gst_video_interlace_mode_to_string(GST_VIDEO_INFO_INTERLACE_MODE(&info)),
                       GST_OBJECT_NAME(gst_element_get_factory(element))),
                      (nullptr));
  is_refused_ = is_interlaced;
  return !is_interlaced;
}

}  // namespace firstframe
