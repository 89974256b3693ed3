#pragma once

#include <gst/video/video.h>

#include <cstring>

#include "core/base/error.h"
#include "core/frame/section.h"
#include "tests/elements/gst/formats.h"
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

inline SampleType sample_type_of(const GstVideoInfo& info) {
  return format_of(info).is_deep() ? SampleType::uint16 : SampleType::uint8;
}

/// Rows and columns of one component.
inline Extent component_extent(const GstVideoInfo& info, std::size_t component) {
  const auto& place = format_of(info).places[component];
  return {(info.height + place.row_sub - 1) / place.row_sub,
          (info.width + place.col_sub - 1) / place.col_sub};
}

/// One sample of a frame, to read and to write.
class Sample {
 public:
  Sample(GstVideoFrame& frame, std::size_t component, std::int64_t row, std::int64_t col)
      : format_(format_of(frame.info)) {
    const auto& place = format_.places[component];
    at_ = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, place.plane)) +
          row * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, place.plane) + place.step * col + place.first_byte;
  }
  unsigned value() const {
    if (!format_.is_deep()) return at_[0];
    return format_.is_big_endian ? GST_READ_UINT16_BE(at_) : GST_READ_UINT16_LE(at_);
  }
  void set(unsigned value) {
    if (!format_.is_deep())
      at_[0] = static_cast<guint8>(value);
    else if (format_.is_big_endian)
      GST_WRITE_UINT16_BE(at_, value);
    else
      GST_WRITE_UINT16_LE(at_, value);
  }

 private:
  const Format& format_;
  guint8* at_;
};

/// Calls `visit` with every component, row and column of those that restorers see, or of the others.
template <typename Visit>
void for_samples(const GstVideoInfo& info, bool seen, const Visit& visit) {
  const auto& format = format_of(info);
  const std::size_t first = seen ? 0 : format.seen;
  const std::size_t last = seen ? format.seen : format.places.size();
  for (auto component = first; component < last; ++component) {
    const auto extent = component_extent(info, component);
    for (std::int64_t row = 0; row < extent.rows; ++row)
      for (std::int64_t col = 0; col < extent.cols; ++col) visit(component, row, col);
  }
}

/// What buffer_of puts where no restorer looks: another value beside every one, in all bits that the format has.
inline unsigned pattern(const Format& format, std::size_t component, std::int64_t row, std::int64_t col) {
  const auto value = static_cast<unsigned>(7 * row + 13 * col + 31 + 100 * component);
  return (format.is_deep() ? 5 * value : value) & format.most();
}

inline unsigned value_at(const Section& section, std::int64_t channel, std::int64_t row, std::int64_t col) {
  const auto* at = section.view().at(channel, row) + col * section.layout().col_stride;
  return section.type() == SampleType::uint16 ? *reinterpret_cast<const guint16*>(at)
                                              : *reinterpret_cast<const guint8*>(at);
}

inline void set_value(Section& section, std::int64_t channel, std::int64_t row, std::int64_t col,
                      unsigned value) {
  auto* at = section.span().at(channel, row) + col * section.layout().col_stride;
  if (section.type() == SampleType::uint16)
    *reinterpret_cast<guint16*>(at) = static_cast<guint16>(value);
  else
    *reinterpret_cast<guint8*>(at) = static_cast<guint8>(value);
}

template <typename Visit>
void for_frame(GstBuffer* buffer, GstVideoInfo info, GstMapFlags flags, const Visit& visit) {
  GstVideoFrame frame;
  if (!gst_video_frame_map(&frame, &info, buffer, flags)) throw ArgumentError("the frame cannot be mapped");
  visit(frame);
  gst_video_frame_unmap(&frame);
}

/// A frame that shows `seen`; chroma, alpha and filler hold pattern().
/// \param padding  bytes and rows added around every plane, so that rows are longer than pixels and do not begin where
///                 the buffer does
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
  for_frame(buffer, info, GST_MAP_READWRITE, [&](GstVideoFrame& frame) {
    for_samples(info, /*seen=*/true, [&](std::size_t component, std::int64_t row, std::int64_t col) {
      Sample(frame, component, row, col).set(value_at(seen, component, row, col));
    });
    for_samples(info, /*seen=*/false, [&](std::size_t component, std::int64_t row, std::int64_t col) {
      Sample(frame, component, row, col).set(pattern(format_of(info), component, row, col));
    });
  });
  return buffer;
}

/// What a restorer sees of a frame, as a section with the type's full range.
inline Section seen_in(GstBuffer* buffer, const GstVideoInfo& info) {
  Section seen(sample_type_of(info), format_of(info).seen, {info.height, info.width});
  for_frame(buffer, info, GST_MAP_READ, [&](GstVideoFrame& frame) {
    for_samples(info, /*seen=*/true, [&](std::size_t component, std::int64_t row, std::int64_t col) {
      set_value(seen, component, row, col, Sample(frame, component, row, col).value());
    });
  });
  return seen;
}

/// One component of a frame, as a section with the range of all its bits.
inline Section component_in(GstBuffer* buffer, const GstVideoInfo& info, std::size_t component) {
  Section section(sample_type_of(info), 1, component_extent(info, component));
  section.set_range({0, static_cast<double>(format_of(info).most())});
  for_frame(buffer, info, GST_MAP_READ, [&](GstVideoFrame& frame) {
    for (std::int64_t row = 0; row < section.extent().rows; ++row)
      for (std::int64_t col = 0; col < section.extent().cols; ++col)
        set_value(section, 0, row, col, Sample(frame, component, row, col).value());
  });
  return section;
}

/// How many samples of chroma, alpha and filler differ from pattern().
inline int changed_unseen_samples(GstBuffer* buffer, const GstVideoInfo& info) {
  int changed = 0;
  for_frame(buffer, info, GST_MAP_READ, [&](GstVideoFrame& frame) {
    for_samples(info, /*seen=*/false, [&](std::size_t component, std::int64_t row, std::int64_t col) {
      changed += Sample(frame, component, row, col).value() != pattern(format_of(info), component, row, col);
    });
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

/// Brings 16-bit values to the depth of a format, 10 bits of 16 or all of them.
inline Section at_depth_of(const Format& format, Section section) {
  for (std::int64_t i = 0; format.is_deep() && i < section.channels() * section.extent().area(); ++i)
    section.samples<guint16>()[i] = static_cast<guint16>(section.samples<guint16>()[i] >> (16 - format.bits));
  return section;
}

/// A degraded scene as frames of these caps show it: R, G, B, or grey at their depth.
inline Section degraded_scene(const GstVideoInfo& info) {
  const Extent extent{info.height, info.width};
  if (GST_VIDEO_INFO_IS_RGB(&info)) return colour_scene(extent);
  return at_depth_of(format_of(info), scene_pair(extent, sample_type_of(info), /*seed=*/5).degraded);
}

}  // namespace firstframe
