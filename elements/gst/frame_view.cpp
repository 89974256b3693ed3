#include "elements/gst/frame_view.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

// The description of other formats may need more than a place and strides: packed bits, tiles, palettes.
bool is_supported(GstVideoFormat format) {
  switch (format) {
    case GST_VIDEO_FORMAT_GRAY8:
    case GST_VIDEO_FORMAT_GRAY16_LE:
    case GST_VIDEO_FORMAT_GRAY16_BE:
    case GST_VIDEO_FORMAT_I420:
    case GST_VIDEO_FORMAT_NV12:
    case GST_VIDEO_FORMAT_Y42B:
    case GST_VIDEO_FORMAT_Y444:
    case GST_VIDEO_FORMAT_I420_10LE:
    case GST_VIDEO_FORMAT_RGB:
    case GST_VIDEO_FORMAT_BGRx:
    case GST_VIDEO_FORMAT_RGBA:
      return true;
    default:
      return false;
  }
}

}  // namespace

ValueRange value_range_of(const GstVideoInfo& info) {
  auto range = info.colorimetry.range;
  if (range == GST_VIDEO_COLOR_RANGE_UNKNOWN)
    range = GST_VIDEO_INFO_IS_YUV(&info) ? GST_VIDEO_COLOR_RANGE_16_235 : GST_VIDEO_COLOR_RANGE_0_255;
  gint offset[GST_VIDEO_MAX_COMPONENTS];
  gint scale[GST_VIDEO_MAX_COMPONENTS];
  gst_video_color_range_offsets(range, info.finfo, offset, scale);
  return {static_cast<double>(offset[0]), static_cast<double>(offset[0] + scale[0])};
}

guint seen_components(const GstVideoInfo& info) { return GST_VIDEO_INFO_IS_RGB(&info) ? 3 : 1; }

SectionSpan component_span(GstVideoFrame& frame, guint component) {
  const auto depth = GST_VIDEO_FRAME_COMP_DEPTH(&frame, component);
  Layout layout;
  layout.type = depth > 8 ? SampleType::uint16 : SampleType::uint8;
  layout.range = {0, static_cast<double>((1 << depth) - 1)};
  layout.extent = {GST_VIDEO_FRAME_COMP_HEIGHT(&frame, component),
                   GST_VIDEO_FRAME_COMP_WIDTH(&frame, component)};
  layout.row_stride = GST_VIDEO_FRAME_COMP_STRIDE(&frame, component);
  layout.col_stride = GST_VIDEO_FRAME_COMP_PSTRIDE(&frame, component);
  return {reinterpret_cast<std::byte*>(GST_VIDEO_FRAME_COMP_DATA(&frame, component)), layout};
}

SectionSpan frame_span(GstVideoFrame& frame) {
  if (!is_supported(GST_VIDEO_FRAME_FORMAT(&frame)))
    throw FormatError(
        text("firstframerestore: ", GST_VIDEO_INFO_NAME(&frame.info),
             " is not supported; put videoconvert before it (GRAY8, GRAY16_LE, GRAY16_BE, I420, NV12, "
             "Y42B, Y444, I420_10LE, RGB, BGRx, RGBA)"));
  auto seen = component_span(frame, 0);
  seen.layout.range = value_range_of(frame.info);
  seen.layout.channels = seen_components(frame.info);
  if (seen.layout.channels > 1) seen.layout.channel_stride = component_span(frame, 1).data - seen.data;
  return seen;
}

// Only the view's constness is given up and restored.
SectionView component_view(const GstVideoFrame& frame, guint component) {
  return component_span(const_cast<GstVideoFrame&>(frame), component);
}

SectionView frame_view(const GstVideoFrame& frame) { return frame_span(const_cast<GstVideoFrame&>(frame)); }

}  // namespace firstframe
