#include "elements/gst/enlarge_unseen.h"

#include "elements/gst/frame_view.h"
#include "elements/gst/native_samples.h"

namespace firstframe {
namespace {

bool has_filler(const GstVideoFrame& frame) {
  return GST_VIDEO_FRAME_FORMAT(&frame) == GST_VIDEO_FORMAT_BGRx;
}

// BGRx's fourth byte, three after the blue one. It is no component, but it may be somebody's alpha.
template <typename Pixels>
Pixels filler_after(Pixels blue) {
  blue.data += 3;
  return blue;
}

// Sample i of a component that holds one for 2^shift luma pixels lies at pixel 2^shift i + offset, in the small frame as
// in the large one.
double phase(double luma_phase, std::int64_t factor, guint shift, bool is_cosited) {
  const double step = 1 << shift;
  const double offset = is_cosited ? 0 : (step - 1) / 2;
  return (luma_phase + offset * static_cast<double>(factor - 1)) / step;
}

Upscale component_upscale(const GstVideoInfo& info, guint component, const Upscale& luma) {
  const auto site = info.chroma_site;
  return {luma.factor,
          phase(luma.row_phase, luma.factor, GST_VIDEO_FORMAT_INFO_H_SUB(info.finfo, component),
                (site & GST_VIDEO_CHROMA_SITE_V_COSITED) != 0),
          phase(luma.col_phase, luma.factor, GST_VIDEO_FORMAT_INFO_W_SUB(info.finfo, component),
                (site & GST_VIDEO_CHROMA_SITE_H_COSITED) != 0)};
}

}  // namespace

bool has_unseen_bytes(const GstVideoFrame& frame) {
  return GST_VIDEO_FRAME_N_COMPONENTS(&frame) > seen_components(frame.info) || has_filler(frame);
}

void enlarge_unseen(const GstVideoFrame& from, const Upscale& upscale, Border border, GstVideoFrame& to,
                    int threads) {
  for (guint component = seen_components(from.info); component < GST_VIDEO_FRAME_N_COMPONENTS(&from);
       ++component) {
    upsample(component_view(from, component), component_upscale(from.info, component, upscale), border,
             component_span(to, component), threads);
    finish_component(to, component);
  }
  if (has_filler(from))
    upsample(filler_after(component_view(from, GST_VIDEO_COMP_B)), upscale, border,
             filler_after(component_span(to, GST_VIDEO_COMP_B)), threads);
}

}  // namespace firstframe
