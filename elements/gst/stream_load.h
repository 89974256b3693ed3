#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/video/video.h>

#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "elements/gst/frames_before.h"
#include "elements/gst/latency_meter.h"
#include "elements/gst/load_control.h"
#include "elements/gst/overload_policy.h"
#include "elements/gst/quality_levels.h"
#include "elements/gst/tile_reuse.h"

namespace firstframe {

/// Which choice of a level a frame was restored by, counted from the stream's beginning. What a frame tells of its time counts while that
/// choice stands: of several frames in flight some were begun before it.
struct LevelNumber {
  std::uint64_t choice = 0;
  bool is_full = true;  // whether it is the full quality
};

/// How many frames are between coming and leaving, and how many of them are worked on at once.
struct Flight {
  std::int64_t frames = 1;
  std::int64_t workers = 1;
  bool operator==(const Flight&) const = default;
};

/// What a frame cost, nanoseconds.
struct FrameTimes {
  GstClockTime worked = 0;  // while it was restored
  GstClockTime ready = 0;   // from its coming to its being restored
  GstClockTime held = 0;    // from its coming to its leaving: it may have to wait for one before it
};

/// Keeps a stream in time: what a frame may cost, what frames did cost, and what is restored less well for it.
///
/// A frame's budget is `max-latency`, and of a live stream no more than the time to the next frame; without either a
/// frame may take as long as it needs until downstream says by QoS that it comes late. A live frame that leaves after the time
/// that the pipeline's latency gives it is late, too, whoever made it so: upstream may share the thread. The element's own latency is
/// `max-latency`, or else one frame, and is what the LATENCY query is answered with.
///
/// With N frames in flight a frame leaves when N - 1 others have come after it, at the latest: the element's latency grows by so many
/// frames. As many frames as are worked on at once may each take as many frames longer.
///
/// The streaming thread calls begin(), frames and caps; on_qos(), latency() and stats() may come from any thread.
class StreamLoad {
 public:
  /// \param element  outlives it; its messages go to the bus
  explicit StreamLoad(GstBaseTransform* element) : element_(element) {}

  /// READY -> PAUSED. \param max_latency  milliseconds, 0 for one frame
  void begin(OverloadPolicy policy, guint max_latency, Flight flight);
  /// PAUSED -> READY: keeps no frame and no model.
  void end();
  /// The stream has a new format. Posts LATENCY when that changes the element's own.
  void set_info(const GstVideoInfo& info);
  /// So many frames are in flight from now on. Posts LATENCY when that changes the element's own.
  void set_flight(Flight flight);
  /// FLUSH_STOP: what downstream said was about another time.
  void flush();

  void on_qos(GstEvent* event);
  void on_latency_answered(bool is_live);
  /// The pipeline has agreed on a latency: a sink shows a frame so long after its time.
  void on_latency_configured(GstClockTime latency);

  /// What the element adds to the pipeline's latency, nanoseconds.
  GstClockTime latency() const;

  /// The quality of the next frame; posts nothing. \param asked  by the user
  const QualityLevel& level_for(const std::shared_ptr<const Restorer>& model, const RestoreSettings& asked, bool can_keep);
  bool is_passing() const;

  /// The model that a lighter one is asked for: frames pass for the load's sake, and nothing between would fit. nullptr else, and
  /// where the policy knows no levels between.
  std::shared_ptr<const Restorer> needs_lighter_than() const;
  /// There is a lighter one: it is the last level before passing from now on, and the next frame's where that would pass. Levels that
  /// begin anew, with other caps or another model, are without it until it is needed again.
  /// \param light  takes the same frames as the model it was asked for
  void add_light_model(const std::shared_ptr<const Restorer>& light);

  /// Of the choice that level_for() gave last.
  LevelNumber level_number() const;

  /// Restores a frame at that level. \throws as restore_frame
  void restore(const std::shared_ptr<const Restorer>& model, const QualityLevel& level, const GstVideoFrame& degraded,
               GstVideoFrame& restored, const FrameNeighbours& neighbours, std::stop_token stop);

  /// A frame went out, restored (or passed) at the level of that number. Chooses the next one's level, posts
  /// QOS when it is another, and WARNING when the latency promised was not kept.
  void frame_done(const GstBuffer* frame, const FrameTimes& times, LevelNumber level);
  /// The same of the latest choice, for a frame that had no others beside it.
  void frame_done(const GstBuffer* frame, GstClockTime took) { frame_done(frame, {took, took, took}, level_number()); }
  /// A frame went out before there was a model, or none came out of one that went in.
  void frame_passed();
  void frame_dropped();

  guint64 max_observed_delay() const;  // milliseconds, of one frame
  /// "application/x-firstframe-stats", see docs/elements/firstframerestore.md. \param training  "idle", "running", ...
  GstStructure* stats(const std::string& training) const;

 private:
  GstClockTime budget() const;
  GstClockTime promised() const;
  void post_if_other(GstClockTime latency_before) const;
  bool is_late(const GstBuffer* frame) const;
  bool misses_its_time(GstClockTime running_time) const;
  void post_quality(const GstBuffer* frame) const;

  GstBaseTransform* const element_;
  OverloadPolicy policy_ = kDefaultOverloadPolicy;

  mutable std::mutex lock_;  // guards what follows, but for the three the streaming thread has for itself
  GstClockTime max_latency_ = 0, frame_time_ = 0, configured_ = GST_CLOCK_TIME_NONE;
  Flight flight_;
  std::uint64_t choice_ = 0;  // how often the level was chosen anew
  bool is_live_ = false;
  gdouble proportion_ = 1;
  GstClockTime earliest_ = GST_CLOCK_TIME_NONE;  // running time before which downstream has no use for a frame
  LatencyMeter meter_;
  guint64 frames_in_ = 0, frames_out_ = 0, late_ = 0, degraded_ = 0, dropped_ = 0;
  bool has_warned_ = false;
  bool was_reset_ = false;  // the quality, by new caps, another model or new settings; not yet said
  LoadControl control_;
  std::vector<QualityLevel> levels_;

  // The streaming thread's own.
  std::shared_ptr<const Restorer> levels_model_;
  RestoreSettings levels_asked_;
  bool levels_can_keep_ = false;
  TileReuse tiles_;
};

}  // namespace firstframe
