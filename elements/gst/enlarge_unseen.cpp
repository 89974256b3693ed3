#include "elements/gst/enlarge_unseen.h"

namespace firstframe {
namespace {

// One component of 8 bits: its first byte is counted from the start of its plane.
SectionSpan component(const GstVideoFrame& frame, guint plane, std::int64_t first_byte, Extent extent) {
  Layout layout;
  layout.extent = extent;
  layout.row_stride = GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane);
  layout.col_stride = GST_VIDEO_FRAME_FORMAT(&frame) == GST_VIDEO_FORMAT_BGRx ? 4 : 1;
  return {static_cast<std::byte*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, plane)) + first_byte, layout};
}

SectionSpan chroma(const GstVideoFrame& frame, guint plane) {
  return component(frame, plane, 0,
                   {GST_VIDEO_FRAME_COMP_HEIGHT(&frame, plane), GST_VIDEO_FRAME_COMP_WIDTH(&frame, plane)});
}

SectionSpan filler(const GstVideoFrame& frame) {
  return component(frame, 0, 3, {GST_VIDEO_FRAME_HEIGHT(&frame), GST_VIDEO_FRAME_WIDTH(&frame)});
}

// Chroma sample i lies at luma pixel 2 i + offset, in the small frame as in the large one.
double chroma_phase(double luma_phase, std::int64_t factor, bool is_cosited) {
  const double offset = is_cosited ? 0 : 0.5;
  return (luma_phase + offset * static_cast<double>(factor - 1)) / 2;
}

Upscale chroma_upscale(const GstVideoFrame& frame, const Upscale& luma) {
  const auto site = frame.info.chroma_site;
  return {luma.factor,
          chroma_phase(luma.row_phase, luma.factor, (site & GST_VIDEO_CHROMA_SITE_V_COSITED) != 0),
          chroma_phase(luma.col_phase, luma.factor, (site & GST_VIDEO_CHROMA_SITE_H_COSITED) != 0)};
}

}  // namespace

bool has_unseen_bytes(const GstVideoFrame& frame) {
  const auto format = GST_VIDEO_FRAME_FORMAT(&frame);
  return format == GST_VIDEO_FORMAT_I420 || format == GST_VIDEO_FORMAT_BGRx;
}

void enlarge_unseen(const GstVideoFrame& from, const Upscale& upscale, Border border, GstVideoFrame& to) {
  if (GST_VIDEO_FRAME_FORMAT(&from) == GST_VIDEO_FORMAT_BGRx)
    upsample(filler(from), upscale, border, filler(to));
  if (GST_VIDEO_FRAME_FORMAT(&from) != GST_VIDEO_FORMAT_I420) return;
  for (const guint plane : {1u, 2u})
    upsample(chroma(from, plane), chroma_upscale(from, upscale), border, chroma(to, plane));
}

}  // namespace firstframe
