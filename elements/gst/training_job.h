#pragma once

#include <gst/gst.h>

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "core/training/pair.h"

namespace firstframe {

/// One training and what the bus hears of it.
///
/// PROGRESS messages of code "train": START, CONTINUE with loss and PSNR at most four times a second, and one
/// of COMPLETE, CANCELED, ERROR. A failure is also one error message, as exception_barrier.h says; a model
/// that cannot be saved is a warning, since the stream can be restored all the same.
struct TrainingJob {
  GstElement* element = nullptr;  // must outlive run()
  std::shared_ptr<const TrainingPair> pair;
  TrainSettings settings;
  std::string save_location;                                     // empty: the model is not saved
  std::function<void(std::shared_ptr<const Restorer>)> go_live;  // called once, when training succeeds

  /// Blocks until training ends; says whether the model went live. Throws nothing.
  bool run(std::stop_token stop) const;
};

/// Posts the element message "firstframe-model-live": restorer (string), scale and steps (gint64), train-seconds
/// (gdouble), and, when a part of the pair was held out, held-out-psnr and held-out-degraded-psnr (gdouble,
/// dB, peak 1).
void post_model_live(GstElement* element, const ModelInfo& info);

}  // namespace firstframe
