#pragma once

#include <gst/video/video.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/frame/section.h"
#include "core/restorers/restorer.h"
#include "core/training/pair.h"
#include "elements/gst/averaging.h"
#include "elements/gst/element_properties.h"
#include "elements/gst/frame_matcher.h"
#include "elements/gst/light_model.h"
#include "elements/gst/training_job.h"
#include "elements/gst/training_thread.h"

namespace firstframe {

/// What an element knows between READY -> PAUSED and the way back: the clean picture, the training, the
/// model. A flush or a seek changes none of them.
///
/// The streaming thread and the state change call it as GstBaseTransform orders them; interrupt(), resume(),
/// leave(), adapt() and what the clean pad calls may come from any thread at any time. Errors go to the bus of
/// `element`. Its life is in stream_session.cpp, what it learns from in stream_learning.cpp.
class StreamSession {
 public:
  /// \param element  a GstVideoFilter that outlives the session
  explicit StreamSession(GstElement* element) : element_(element), light_(element) {}

  /// READY -> PAUSED. Reads the clean picture or the model, so that a wrong path is an error at once; begins
  /// the training when there is a degraded picture too. \return false when an error was posted
  bool begin(const ElementProperties& properties);

  /// PAUSED -> READY, the streaming thread has ended. Stops the training and forgets everything.
  void end();

  /// The model as it is now; nullptr before there is one. Any thread may ask.
  std::shared_ptr<const Restorer> model() const;

  /// The model to restore a frame with; nullptr before there is one. The frame that the clean picture belongs to begins
  /// the training; under UntrainedPolicy::hold the call blocks until training ends or interrupt() or leave() comes.
  /// \throws FormatError when the frame and the clean picture are no pair; a warning while a model is live
  /// \param before  the frames before it, as many as frames_before() says where so many have come
  std::shared_ptr<const Restorer> model_for(const GstVideoFrame& frame, const SectionsBefore& before = {});

  /// A lighter model that takes the same frames as `full`, for a stream that cannot wait for that one; nullptr while there is none.
  /// Where `full` is live and was trained in this stream, the first call begins to train it, on the same pair, beside the
  /// stream. The streaming thread calls it.
  std::shared_ptr<const Restorer> light_model_of(const std::shared_ptr<const Restorer>& full);

  /// How many frames before the next one are averaged with it, by the model or by a training to come; 0 for none.
  std::size_t frames_before() const;

  /// How many times larger restored frames may be than degraded ones; one answer as soon as it is known: from the model,
  /// the property, the pair of pictures, or the size of the frame that will be paired with the clean picture. A size
  /// that no scale fits gives 1, and training says what is wrong. Any thread may ask.
  /// \param frame  extent of the degraded frames, nothing when it is open
  std::vector<std::int64_t> possible_scales(const std::optional<Extent>& frame) const;

  /// Whether there will be no model, and the bus knows why.
  bool has_failed() const { return is_hopeless_ || training_.state() == TrainingThread::State::failed; }

  /// "idle", "running", "done" or "failed".
  std::string training_state() const;

  /// Whether the next frame must come to model_for(): something is learned from it, or may be.
  bool wants_frame() const;

  /// Whether a training runs beside frames that pass unchanged.
  bool lets_frames_pass() const;

  UntrainedPolicy untrained_policy() const { return properties_.untrained_policy; }

  /// EOS. Waits for a model that is to be saved; gives up any other training, which comes too late, with a
  /// warning. \return false when interrupt() or leave() came in between
  bool end_of_stream();

  /// FLUSH_START: wakes the streaming thread from whatever it waits for or restores.
  void interrupt();
  /// FLUSH_STOP. An average that is not complete begins again with the next frame.
  void resume();
  /// On the way to READY, before the streaming thread is waited for: interrupts for good.
  void leave();

  /// Asked to stop by interrupt() and leave().
  std::stop_token interruption() const;

  /// Retrains on another pair beside the stream; the model goes on until the new one is there.
  /// \param degraded  nullptr for the next frame, or the one that waits for the pad clean
  /// \return false when a warning was posted
  bool adapt(GstSample* degraded, GstSample* clean);

  /// How large the stream's frames are from now on.
  void set_extent(Extent extent);

  /// Whether there is a pad `clean`, whose first frame is the clean picture.
  void has_clean_pad(bool there);
  /// How large it will be.
  void expect_clean(Extent extent);
  /// The clean picture; those after the first are passed over
  GstFlowReturn clean_frame(const GstVideoFrame& frame, GstClockTime running_time);
  /// EOS without a picture is an error, unless there is something else to learn from.
  void end_clean();
  /// FLUSH_STOP of the clean pad.
  void flush_clean();

 private:
  bool prepare_model();
  bool prepare_training();
  void check_properties() const;
  void check_save_location() const;
  bool read_pictures();

  // pairing_ is held
  void learn_from(const GstVideoFrame& frame, const SectionsBefore& before);
  void collect(const GstVideoFrame& frame);
  void learn(FrameMatcher::Match match);
  void learn(TrainingPair pair);
  void train(std::shared_ptr<const TrainingPair> pair, std::shared_ptr<Averaging> averaging = nullptr);
  void forget_incomplete_average();
  void await_annotation(std::unique_lock<std::mutex>& pairing, const std::stop_token& interruption);
  bool has_other_source() const;

  void check_scale(Extent degraded, Extent clean) const;
  void know_scale(std::int64_t scale);
  Extent frame_extent() const;
  GstClockTime running_time_of(GstBuffer* buffer) const;
  void go_live(std::shared_ptr<const Restorer> model, std::shared_ptr<const TrainingPair> learned = nullptr);

  GstElement* const element_;
  ElementProperties properties_;  // as they were at begin()
  std::atomic<bool> is_hopeless_ = false;

  std::atomic<bool> has_clean_pad_ = false;

  mutable std::mutex pairing_;  // guards the four below and who begins a training; taken before lock_
  std::condition_variable_any annotated_;
  bool is_open_ = false;  // between begin() and end()
  FrameMatcher matcher_;
  std::shared_ptr<Averaging> averaging_;  // of clean-average
  bool averages_ = false;                 // nothing else has been learned from

  mutable std::mutex lock_;  // guards the eight below
  std::int64_t scale_ = 0;   // 0 until it is known
  Extent clean_extent_;      // of the clean picture that will be paired; empty when there is none
  Extent frame_extent_;      // of the stream's latest frame
  std::shared_ptr<const TrainingPair> pair_;  // kept for a training that begins again after EOS and a seek
  std::shared_ptr<const Restorer> model_;     // swapped whole
  std::shared_ptr<const TrainingPair> learned_;  // what the model was trained on; nullptr for one that was loaded
  std::stop_source interruption_;
  bool is_leaving_ = false;  // no resume() ends the interruption any more

  LightModel light_;
  TrainingThread training_;  // last, so that it has ended before what it uses goes
};

/// The session of a firstframerestore.
StreamSession& session_of(GstElement* element);

}  // namespace firstframe
