#pragma once

#include <gst/video/video.h>

#include <cstring>

#include "core/base/error.h"
#include "core/frame/section.h"
#include "tests/elements/gst/gst_test.h"
#include "tests/support/scenes.h"

namespace firstframe {

inline constexpr Extent kFrame{48, 64};

inline std::string caps_text(const std::string& format, Extent extent = kFrame,
                             const std::string& more = "") {
  return text("video/x-raw,format=", format, ",width=", extent.cols, ",height=", extent.rows,
              ",framerate=25/1", more);
}

inline GstVideoInfo video_info_of(const std::string& caps) {
  GstVideoInfo info;
  const CapsPtr parsed(gst_caps_from_string(caps.c_str()));
  if (!gst_video_info_from_caps(&info, parsed.get())) throw ArgumentError("not video caps: " + caps);
  return info;
}

inline bool is_16_bit(const GstVideoInfo& info) { return GST_VIDEO_INFO_COMP_DEPTH(&info, 0) == 16; }

/// Where the frame keeps a pixel that restorers see; written out by format, so that no view can be wrong with
/// it.
inline guint8* pixel_at(GstVideoFrame& frame, std::int64_t channel, std::int64_t row, std::int64_t col) {
  auto* line = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0)) +
               row * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0);
  switch (GST_VIDEO_FRAME_FORMAT(&frame)) {
    case GST_VIDEO_FORMAT_GRAY16_LE:
      return line + 2 * col;
    case GST_VIDEO_FORMAT_RGB:
      return line + 3 * col + channel;
    case GST_VIDEO_FORMAT_BGRx:
      return line + 4 * col + 2 - channel;
    default:
      return line + col;  // GRAY8, luma of I420
  }
}

/// Calls `visit` with every byte that no restorer sees, and the value it is given by buffer_of.
template <typename Visit>
void for_unseen_bytes(GstVideoFrame& frame, const Visit& visit) {
  const auto pattern = [](std::int64_t row, std::int64_t col) {
    return static_cast<guint8>(7 * row + 13 * col + 31);
  };
  if (GST_VIDEO_FRAME_FORMAT(&frame) == GST_VIDEO_FORMAT_BGRx)
    for (gint row = 0; row < GST_VIDEO_FRAME_HEIGHT(&frame); ++row)
      for (gint col = 0; col < GST_VIDEO_FRAME_WIDTH(&frame); ++col)
        visit(pixel_at(frame, 0, row, col)[1], pattern(row, col));
  if (GST_VIDEO_FRAME_FORMAT(&frame) == GST_VIDEO_FORMAT_I420)
    for (guint plane = 1; plane <= 2; ++plane)
      for (gint row = 0; row < GST_VIDEO_FRAME_COMP_HEIGHT(&frame, plane); ++row)
        for (gint col = 0; col < GST_VIDEO_FRAME_COMP_WIDTH(&frame, plane); ++col)
          visit(static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(
                    &frame, plane))[row * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane) + col],
                pattern(row + 100 * plane, col));
}

template <typename Visit>
void for_frame(GstBuffer* buffer, GstVideoInfo info, GstMapFlags flags, const Visit& visit) {
  GstVideoFrame frame;
  if (!gst_video_frame_map(&frame, &info, buffer, flags)) throw ArgumentError("the frame cannot be mapped");
  visit(frame);
  gst_video_frame_unmap(&frame);
}

/// A frame that shows `seen`; chroma and filler bytes hold a pattern.
/// \param padding  bytes and rows added around every plane, so that rows are longer than pixels
inline GstBuffer* buffer_of(const Section& seen, GstVideoInfo info, guint padding = 0) {
  GstVideoAlignment alignment;
  gst_video_alignment_reset(&alignment);
  alignment.padding_left = alignment.padding_right = alignment.padding_top = alignment.padding_bottom =
      padding;
  if (padding > 0) gst_video_info_align(&info, &alignment);
  auto* buffer = gst_buffer_new_allocate(nullptr, info.size, nullptr);
  gst_buffer_memset(buffer, 0, 0xa5, info.size);
  gst_buffer_add_video_meta_full(buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT(&info), info.width,
                                 info.height, GST_VIDEO_INFO_N_PLANES(&info), info.offset, info.stride);
  const std::size_t bytes = is_16_bit(info) ? 2 : 1;
  for_frame(buffer, info, GST_MAP_READWRITE, [&](GstVideoFrame& frame) {
    for (std::int64_t channel = 0; channel < seen.channels(); ++channel)
      for (std::int64_t row = 0; row < seen.extent().rows; ++row)
        for (std::int64_t col = 0; col < seen.extent().cols; ++col)
          std::memcpy(pixel_at(frame, channel, row, col), seen.view().at(channel, row) + bytes * col, bytes);
    for_unseen_bytes(frame, [](guint8& byte, guint8 value) { byte = value; });
  });
  return buffer;
}

/// What a restorer sees of a frame, as a section with the type's full range.
inline Section seen_in(GstBuffer* buffer, const GstVideoInfo& info) {
  const std::int64_t channels = GST_VIDEO_INFO_IS_RGB(&info) ? 3 : 1;
  Section seen(is_16_bit(info) ? SampleType::uint16 : SampleType::uint8, channels, {info.height, info.width});
  const std::size_t bytes = is_16_bit(info) ? 2 : 1;
  for_frame(buffer, info, GST_MAP_READ, [&](GstVideoFrame& frame) {
    for (std::int64_t channel = 0; channel < channels; ++channel)
      for (std::int64_t row = 0; row < info.height; ++row)
        for (std::int64_t col = 0; col < info.width; ++col)
          std::memcpy(seen.span().at(channel, row) + bytes * col, pixel_at(frame, channel, row, col), bytes);
  });
  return seen;
}

/// How many chroma and filler bytes differ from the pattern.
inline int changed_unseen_bytes(GstBuffer* buffer, const GstVideoInfo& info) {
  int changed = 0;
  for_frame(buffer, info, GST_MAP_READ, [&](GstVideoFrame& frame) {
    for_unseen_bytes(frame, [&](guint8& byte, guint8 value) { changed += byte != value; });
  });
  return changed;
}

/// How many bytes of two sections of one layout differ.
inline std::size_t different_bytes(const Section& one, const Section& other) {
  EXPECT_EQ(one.size_in_bytes(), other.size_in_bytes());
  std::size_t different = 0;
  for (std::size_t i = 0; i < one.size_in_bytes(); ++i)
    different += one.view().data[i] != other.view().data[i];
  return different;
}

/// Three scenes as R, G, B.
inline Section colour_scene(Extent extent = kFrame, bool is_degraded = true) {
  Section rgb(SampleType::uint8, 3, extent);
  for (unsigned channel = 0; channel < 3; ++channel) {
    const auto pair = scene_pair(extent, SampleType::uint8, channel + 1);
    const auto& plane = is_degraded ? pair.degraded : pair.clean;
    std::memcpy(rgb.samples<std::uint8_t>() + channel * extent.area(), plane.samples<std::uint8_t>(),
                static_cast<std::size_t>(extent.area()));
  }
  return rgb;
}

}  // namespace firstframe
