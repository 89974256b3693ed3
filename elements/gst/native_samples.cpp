#include "elements/gst/native_samples.h"

#include <algorithm>
#include <bit>

#include "elements/gst/frame_view.h"

namespace firstframe {
namespace {

static_assert(std::endian::native == std::endian::little,
              "the formats with LE in their names are read as native integers");

bool is_swapped(const GstVideoInfo& info) {
  return GST_VIDEO_INFO_FORMAT(&info) == GST_VIDEO_FORMAT_GRAY16_BE;
}

// Calls `change` with every sample of 16 bits; `from` may be `to`.
template <typename Change>
void change_samples(const SectionView& from, const SectionSpan& to, const Change& change) {
  for (std::int64_t r = 0; r < to.layout.extent.rows; ++r) {
    const auto* source = from.at(0, r);
    auto* target = to.at(0, r);
    for (std::int64_t c = 0; c < to.layout.extent.cols; ++c)
      *reinterpret_cast<guint16*>(target + c * to.layout.col_stride) =
          change(*reinterpret_cast<const guint16*>(source + c * from.layout.col_stride));
  }
}

guint16 swapped(guint16 sample) { return GUINT16_SWAP_LE_BE(sample); }

}  // namespace

SectionView native_view(const GstVideoFrame& frame, Section& scratch) {
  const auto view = frame_view(frame);
  if (!is_swapped(frame.info)) return view;
  const auto& layout = view.layout;
  if (scratch.type() != layout.type || scratch.extent() != layout.extent)
    scratch = Section(layout.type, layout.channels, layout.extent);
  scratch.set_range(layout.range);
  change_samples(view, scratch.span(), swapped);
  return scratch.view();
}

void finish_component(GstVideoFrame& frame, guint component) {
  const auto span = component_span(frame, component);
  if (is_swapped(frame.info)) change_samples(span, span, swapped);
  if (span.layout.range.high < full_range(span.layout.type).high)
    change_samples(span, span, [most = static_cast<guint16>(span.layout.range.high)](guint16 sample) {
      return std::min(sample, most);
    });
}

}  // namespace firstframe
