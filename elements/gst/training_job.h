#pragma once

#include <gst/gst.h>

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "core/training/pair.h"
#include "elements/gst/averaging.h"

namespace firstframe {

/// What the settings of a model say that was trained in a stream, where neighbours are the frames before; their number follows.
inline constexpr const char* kNeighboursBefore = "neighbours-before=";

/// One training and what the bus hears of it.
///
/// PROGRESS messages of code "train": START, CONTINUE with loss and PSNR at most four times a second, and one
/// of COMPLETE, CANCELED, ERROR. A failure is also one error message, as exception_barrier.h says, or a warning
/// when a model is live already; a model that cannot be saved is a warning, since the stream can be restored all
/// the same.
///
/// While frames to average are still to come, an element message "firstframe-averaging" with count and frames
/// (gint64) tells of each; PROGRESS begins with the last of them.
///
/// A model that restores the stripe held out no better than it came goes live with a warning, since nothing else is there.
/// A model that is live is replaced unless it is the better one on the stripe that the new pair held out; then it
/// stays, and the element message "firstframe-model-kept" says so with held-out-psnr of the new model and
/// held-out-psnr-kept of the one that stays (gdouble, dB).
struct TrainingJob {
  GstElement* element = nullptr;             // must outlive run()
  std::shared_ptr<const TrainingPair> pair;  // nullptr: made by `averaging`
  std::shared_ptr<Averaging> averaging;      // makes the pair of the stream's first frames
  TrainSettings settings;
  std::string save_location;                                       // empty: the model is not saved
  std::function<void(std::shared_ptr<const TrainingPair>)> learn;  // called with the pair that was made
  std::function<std::shared_ptr<const Restorer>()> live;           // the model in use, or nullptr
  // Called once, when training succeeds, with what the model was trained on.
  std::function<void(std::shared_ptr<const Restorer>, std::shared_ptr<const TrainingPair>)> go_live;

  /// Blocks until training ends; says whether there is a model. Throws nothing.
  bool run(std::stop_token stop) const;

 private:
  std::shared_ptr<const TrainingPair> averaged_pair(const std::function<void()>& announce,
                                                    std::string& origin, std::stop_token stop) const;
  void conclude(const std::shared_ptr<const Restorer>& restorer, const std::shared_ptr<const TrainingPair>& learned,
                const std::string& origin, std::stop_token stop) const;
};

/// Restores the pair's frame and throws it away: the first frame of a size is slow, since kernels are made for it, and nobody waits for
/// this one. \throws Cancelled when a stop was requested
void warm_up(const Restorer& restorer, const TrainingPair& pair, const TrainSettings& settings, std::stop_token stop);

/// Posts the element message "firstframe-model-live": restorer (string), scale and steps (gint64), train-seconds
/// (gdouble), and, when a part of the pair was held out, held-out-psnr and held-out-degraded-psnr (gdouble,
/// dB, peak 1); neighbours (gint64), when it averages frames before; clean-average (gint64), when the clean picture is the mean of so many frames but the first.
void post_model_live(GstElement* element, const ModelInfo& info, std::int64_t clean_average = 0);

}  // namespace firstframe
