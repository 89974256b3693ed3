#pragma once

#include <gst/video/video.h>

#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/frame/section.h"
#include "core/restorers/restorer.h"
#include "core/training/pair.h"
#include "elements/gst/element_properties.h"
#include "elements/gst/training_thread.h"

namespace firstframe {

/// What an element knows between READY -> PAUSED and the way back: the clean picture, the training, the
/// model. A flush or a seek changes none of them.
///
/// The streaming thread and the state change call it as GstBaseTransform orders them; interrupt(), resume()
/// and leave() may come from any thread at any time. Errors go to the bus of `element`.
class StreamSession {
 public:
  /// \param element  outlives the session
  explicit StreamSession(GstElement* element) : element_(element) {}

  /// READY -> PAUSED. Reads the clean picture or the model, so that a wrong path is an error at once; begins
  /// the training when there is a degraded picture too. \return false when an error was posted
  bool begin(const ElementProperties& properties);

  /// PAUSED -> READY, the streaming thread has ended. Stops the training and forgets everything.
  void end();

  /// The model to restore a frame with; nullptr before there is one. The first frame begins the training;
  /// under UntrainedPolicy::hold the call blocks until training ends or interrupt() or leave() comes. \throws
  /// FormatError when the frame and the clean picture are no pair
  std::shared_ptr<const Restorer> model_for(const GstVideoFrame& frame);

  /// How many times larger restored frames may be than degraded ones; one answer as soon as it is known: from the model,
  /// the property, the pair of pictures, or the size of the frame that will be paired with the clean picture. A size
  /// that no scale fits gives 1, and training says what is wrong. Any thread may ask.
  /// \param frame  extent of the degraded frames, nothing when it is open
  std::vector<std::int64_t> possible_scales(const std::optional<Extent>& frame) const;

  /// Whether training has failed, and said so on the bus.
  bool has_failed() const { return training_.state() == TrainingThread::State::failed; }

  /// "idle", "running", "done" or "failed".
  std::string training_state() const;

  /// Whether the next frame is of no use here: a training that has its pair runs, and frames pass unchanged meanwhile.
  bool lets_frames_pass() const;

  UntrainedPolicy untrained_policy() const { return properties_.untrained_policy; }

  /// EOS. Waits for a model that is to be saved; gives up any other training, which comes too late, with a
  /// warning. \return false when interrupt() or leave() came in between
  bool end_of_stream();

  /// FLUSH_START: wakes the streaming thread from whatever it waits for or restores.
  void interrupt();
  /// FLUSH_STOP.
  void resume();
  /// On the way to READY, before the streaming thread is waited for: interrupts for good.
  void leave();

  /// Asked to stop by interrupt() and leave().
  std::stop_token interruption() const;

 private:
  bool prepare_model();
  bool prepare_training();
  void read_clean();
  void read_degraded();
  void check_save_location() const;
  void train();
  void know_scale(std::int64_t scale);
  void go_live(std::shared_ptr<const Restorer> model);
  std::shared_ptr<const Restorer> model() const;

  GstElement* const element_;
  ElementProperties properties_;  // as they were at begin()
  Section clean_;
  std::shared_ptr<const TrainingPair> pair_;  // kept for a training that begins again after EOS and a seek

  mutable std::mutex lock_;                // guards the five below
  std::int64_t scale_ = 0;                 // 0 until it is known
  Extent clean_extent_;                    // of clean_; empty when there is none
  std::shared_ptr<const Restorer> model_;  // swapped whole
  std::stop_source interruption_;
  bool is_leaving_ = false;  // no resume() ends the interruption any more

  TrainingThread training_;  // last, so that it has ended before what it uses goes
};

}  // namespace firstframe
