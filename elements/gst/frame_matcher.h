#pragma once

#include <gst/video/video.h>

#include <deque>
#include <memory>
#include <optional>

#include "core/frame/section.h"
#include "elements/gst/frames_before.h"

namespace firstframe {

/// A frame of the stream, kept by reference: no pixel is copied.
struct KeptFrame {
  struct Unref {
    void operator()(GstBuffer* buffer) const { gst_buffer_unref(buffer); }
  };
  std::shared_ptr<GstBuffer> buffer;
  GstVideoInfo info;
  GstClockTime running_time = GST_CLOCK_TIME_NONE;
  SectionsBefore before;  // the frames before it, where they are averaged
};

/// Finds the frame of a stream that a clean picture belongs to, whichever of the two comes first.
///
/// A picture with a running time belongs to the frame nearest to it, within half a frame's duration (20 ms where that
/// is unknown); one without, or in a stream without timestamps, belongs to the first frame. While a picture is awaited,
/// the first frame and the kRemembered latest ones are kept by reference. Not thread-safe.
class FrameMatcher {
 public:
  static constexpr std::size_t kRemembered = 8;  // frames: what a neighbour's buffer pool can spare

  struct Match {
    KeptFrame degraded;
    Section clean;
  };

  /// Forgets everything.
  void reset() { *this = {}; }

  /// A clean picture will come: frames are remembered from now on.
  void await() { is_awaited_ = true; }
  /// It will not.
  void give_up();
  bool is_awaited() const { return is_awaited_; }
  /// Whether a picture is there whose frame has not come yet.
  bool has_picture() const { return !clean_.empty(); }
  /// Whether an awaited picture has not come, or not met its frame.
  bool is_unmet() const { return is_awaited_ || (has_picture() && !is_for_next_); }

  /// The next frame. Given again, it is not remembered twice.
  /// \throws FormatError naming both times when it comes after the one that the picture belonged to
  std::optional<Match> offer(GstBuffer* frame, const GstVideoInfo& info, GstClockTime running_time, const SectionsBefore& before = {});

  /// The clean picture that was awaited, with its running time if it has one.
  /// \throws FormatError naming both times when it is older than every frame that is remembered
  std::optional<Match> offer_clean(Section clean, GstClockTime running_time);

  /// A picture that belongs to the next frame that is offered, whatever its time; one that was awaited still is.
  void expect_next(Section clean);

  /// The stream was flushed: its running times may begin again. A picture that waits for its frame goes on waiting.
  void forget_frames();

  /// The clean picture's own stream was flushed: one that waits for its frame is forgotten, another will come.
  void forget_clean();

 private:
  void remember(const KeptFrame& frame);
  bool is_near(const KeptFrame& frame) const;
  std::optional<Match> nearest();
  Match taken(KeptFrame frame);
  [[noreturn]] void refuse(const KeptFrame& oldest);

  bool is_awaited_ = false;
  bool is_for_next_ = false;  // clean_ belongs to the next frame
  std::optional<KeptFrame> first_;
  std::deque<KeptFrame> latest_;
  Section clean_;  // empty when there is none, or its frame was found
  GstClockTime clean_time_ = GST_CLOCK_TIME_NONE;
};

}  // namespace firstframe
