#include "elements/gst/restore_frame.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/colour/restore_picture.h"
#include "core/tiling/upsampled_input.h"
#include "elements/gst/enlarge_unseen.h"
#include "elements/gst/frame_view.h"
#include "elements/gst/native_samples.h"

namespace firstframe {
namespace {

Extent extent_of(const GstVideoFrame& frame) {
  return {GST_VIDEO_FRAME_HEIGHT(&frame), GST_VIDEO_FRAME_WIDTH(&frame)};
}

void copy_frame(const GstVideoFrame& from, GstVideoFrame& to) {
  if (!gst_video_frame_copy(&to, &from))
    throw FormatError("firstframerestore: output and input frames differ in format");
}

// The streaming thread's own, so that frames in the other byte order need no new memory each.
thread_local Section scratch;

// Into a frame of the same size; it may copy all.
void carry_unseen(const GstVideoFrame& from, GstVideoFrame& to) {
  if (has_unseen_bytes(from)) copy_frame(from, to);
}

}  // namespace

void pass_frame(const GstVideoFrame& from, GstVideoFrame& to, int threads) {
  const auto small = extent_of(from), large = extent_of(to);
  if (small == large) return copy_frame(from, to);
  const auto upscale = centred_upscale(large.rows / small.rows);
  if (large != Extent{upscale.factor * small.rows, upscale.factor * small.cols})
    throw FormatError(
        text("firstframerestore: a frame of ", name_of(small), " does not become one of ", name_of(large)));
  upsample(native_view(from, scratch), upscale, Border::reflect, frame_span(to), threads);
  finish_component(to, 0);
  enlarge_unseen(from, upscale, Border::reflect, to, threads);
}

void restore_frame(const Restorer& restorer, const RestoreSettings& settings, const GstVideoFrame& degraded,
                   GstVideoFrame& restored, const FrameNeighbours& neighbours, std::stop_token stop) {
  const auto& info = restorer.info();
  if (info.scale > 1)
    enlarge_unseen(degraded, upscale_of(info), info.border, restored, settings.threads);
  else
    carry_unseen(degraded, restored);
  const auto seen = native_view(degraded, scratch);
  if (neighbours.own)
    restore_averaged(restorer, seen, neighbours.mean().view(), frame_span(restored), settings, std::move(stop));
  else
    restore_picture(restorer, seen, frame_span(restored), ChannelPolicy::luma, settings, std::move(stop));
  finish_component(restored, 0);  // of R, G, B, which have 8 bits, there is nothing to finish
}

void restore_changes(TileReuse& tiles, const std::shared_ptr<const Restorer>& restorer, const RestoreSettings& settings,
                     const GstVideoFrame& degraded, GstVideoFrame& restored, const FrameNeighbours& neighbours, std::stop_token stop) {
  carry_unseen(degraded, restored);
  if (neighbours.own)
    tiles.restore(restorer, neighbours.mean().view(), frame_span(restored), settings, std::move(stop));
  else
    tiles.restore(restorer, native_view(degraded, scratch), frame_span(restored), settings, std::move(stop));
  finish_component(restored, 0);
}

}  // namespace firstframe
