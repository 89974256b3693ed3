#pragma once

#include <gst/gst.h>

#include <memory>
#include <mutex>
#include <stop_token>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "core/training/pair.h"
#include "elements/gst/training_thread.h"

namespace firstframe {

/// A lighter model beside the one that is live, for frames that come faster than that one restores them: trained on the same pair,
/// while frames pass.
///
/// The bus hears of it by the element message "firstframe-light-model": restorer (string), width and depth (gint64; depth where the
/// restorer has a choice), steps (gint64), train-seconds, and, when a part of the pair was held out, held-out-psnr and
/// held-out-psnr-full (gdouble, dB, peak 1), of this model and of the one that is live. There is no PROGRESS, for whose end
/// applications wait, and no ERROR: a training that fails is a WARNING, since the stream goes on as it did.
///
/// Safe to call from any thread.
class LightModel {
 public:
  /// \param element  outlives it
  explicit LightModel(GstElement* element) : element_(element) {}

  /// The lighter model of `full`, nullptr while there is none. Begins to train it where none was tried yet.
  /// \param pair      that `full` was trained on; nullptr begins nothing
  /// \param settings  that it was trained with
  std::shared_ptr<const Restorer> of(const std::shared_ptr<const Restorer>& full, const std::shared_ptr<const TrainingPair>& pair,
                                     const TrainSettings& settings);

  /// Stops a training, without waiting for it; it may be tried again. A model that is there stays.
  void give_up();
  /// Stops a training, without waiting for it; there is no model any more.
  void forget();
  /// The same, and waits for the training: one optimiser step, at most.
  void end();

 private:
  void begin(const std::shared_ptr<const TrainingPair>& pair, const TrainSettings& settings);
  bool train(const std::shared_ptr<const Restorer>& full, const TrainingPair& pair, const TrainSettings& settings, std::stop_token stop);
  void post(const Restorer& full, const Restorer& light, const TrainSettings& settings) const;

  GstElement* const element_;
  std::mutex lock_;                       // guards the two below, and who begins a training
  std::shared_ptr<const Restorer> full_;  // that a lighter one was tried for
  std::shared_ptr<const Restorer> light_;
  TrainingThread training_;  // last, so that it has ended before what it uses goes
};

}  // namespace firstframe
