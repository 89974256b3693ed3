#pragma once

#include <gst/video/video.h>

#include <cstdint>
#include <functional>
#include <memory>

#include "elements/gst/frame_matcher.h"
#include "elements/gst/ordered_jobs.h"
#include "elements/gst/stream_load.h"

namespace firstframe {

/// A frame on its way through the element, among others: what came, what will leave in its place, and the work between the two.
///
/// Made and taken apart by the streaming thread; run() is called by another one.
class FrameJob final : public OrderedJobs::Job {
 public:
  using Work = std::function<void(const GstVideoFrame& degraded, GstVideoFrame& restored)>;

  /// One that leaves as it came. Takes the buffer.
  explicit FrameJob(GstBuffer* frame);
  /// Takes both buffers, and maps them. \throws FormatError when they cannot be mapped
  FrameJob(GstBuffer* degraded, const GstVideoInfo& degraded_info, GstBuffer* restored, const GstVideoInfo& restored_info);
  ~FrameJob() override;
  FrameJob(const FrameJob&) = delete;
  FrameJob& operator=(const FrameJob&) = delete;

  const GstVideoFrame& degraded() const { return degraded_; }

  /// What run() will do with the two frames.
  void set_work(Work work) { work_ = std::move(work); }
  void run() override;

  /// Whether the frame is restored, or passed for the load's sake: at which level, as StreamLoad counts them. Otherwise it passes
  /// by a training.
  void set_level(LevelNumber level) { level_ = level; }
  std::optional<LevelNumber> level() const { return level_; }

  /// The buffer that came, while this lives.
  GstBuffer* input() const { return input_.get(); }
  /// The buffer that leaves, unmapped; the caller's.
  GstBuffer* take_output();

  /// How long the work took, how long it took from coming to being ready, and from coming to now.
  FrameTimes times() const;

 private:
  void unmap();

  std::unique_ptr<GstBuffer, KeptFrame::Unref> input_, output_;
  GstVideoFrame degraded_{}, restored_{};
  bool is_mapped_ = false;
  Work work_;
  std::optional<LevelNumber> level_;
  GstClockTime came_, began_, ready_;
};

}  // namespace firstframe
