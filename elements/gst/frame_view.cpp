#include "elements/gst/frame_view.h"

#include <bit>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

static_assert(std::endian::native == std::endian::little, "GRAY16_LE is read as native 16-bit integers");

struct Seen {
  SampleType type;
  std::int64_t channels;
  std::int64_t channel_stride;  // bytes
  std::int64_t first_byte;      // of the first channel, inside a pixel
};

Seen seen_of(const GstVideoInfo& info) {
  switch (GST_VIDEO_INFO_FORMAT(&info)) {
    case GST_VIDEO_FORMAT_GRAY8:
    case GST_VIDEO_FORMAT_I420:
      return {SampleType::uint8, 1, 0, 0};
    case GST_VIDEO_FORMAT_GRAY16_LE:
      return {SampleType::uint16, 1, 0, 0};
    case GST_VIDEO_FORMAT_RGB:
      return {SampleType::uint8, 3, 1, 0};
    case GST_VIDEO_FORMAT_BGRx:
      return {SampleType::uint8, 3, -1, 2};
    default:
      throw FormatError(
          text("firstframerestore: ", GST_VIDEO_INFO_NAME(&info),
               " is not supported; put videoconvert before it (GRAY8, GRAY16_LE, I420, RGB, BGRx)"));
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

SectionSpan frame_span(GstVideoFrame& frame) {
  const auto seen = seen_of(frame.info);
  Layout layout;
  layout.type = seen.type;
  layout.range = value_range_of(frame.info);
  layout.channels = seen.channels;
  layout.extent = {GST_VIDEO_FRAME_HEIGHT(&frame), GST_VIDEO_FRAME_WIDTH(&frame)};
  layout.channel_stride = seen.channel_stride;
  layout.row_stride = GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0);
  layout.col_stride = GST_VIDEO_FRAME_COMP_PSTRIDE(&frame, 0);
  return {static_cast<std::byte*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0)) + seen.first_byte, layout};
}

SectionView frame_view(const GstVideoFrame& frame) {
  return frame_span(const_cast<GstVideoFrame&>(frame));  // only the view's constness is given up and restored
}

}  // namespace firstframe
