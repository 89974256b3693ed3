#include "elements/gst/light_model.h"

#include <utility>

#include "core/base/error.h"
#include "core/training/held_out_psnr.h"
#include "core/training/trainer.h"
#include "elements/gst/exception_barrier.h"
#include "elements/gst/light_settings.h"
#include "elements/gst/training_job.h"

GST_DEBUG_CATEGORY_EXTERN(firstframe_restore_debug);
#define GST_CAT_DEFAULT firstframe_restore_debug

namespace firstframe {

std::shared_ptr<const Restorer> LightModel::of(const std::shared_ptr<const Restorer>& full,
                                               const std::shared_ptr<const TrainingPair>& pair, const TrainSettings& settings) {
  const std::scoped_lock guard(lock_);
  if (full_ == full) return light_;  // or it is being trained, or did not succeed
  if (!pair) return nullptr;
  training_.give_up();
  light_ = nullptr;
  full_ = full;
  if (const auto light = light_settings(full->info(), settings)) begin(pair, *light);
  return nullptr;
}

void LightModel::begin(const std::shared_ptr<const TrainingPair>& pair, const TrainSettings& settings) {
  training_.begin([this, full = full_, pair, settings](std::stop_token stop) { return train(full, *pair, settings, std::move(stop)); });
}

bool LightModel::train(const std::shared_ptr<const Restorer>& full, const TrainingPair& pair, const TrainSettings& settings,
                       std::stop_token stop) {
  try {
    GST_INFO_OBJECT(element_, "training a lighter model, of width %d", static_cast<int>(settings.width));
    const auto light = firstframe::train(pair, settings, {}, stop);
    if (const auto complaint = held_out_complaint(light->info()); !complaint.empty()) {
      GST_INFO_OBJECT(element_, "the lighter model is not used: %s", complaint.c_str());
      return false;
    }
    warm_up(*light, pair, settings, stop);
    {
      const std::scoped_lock guard(lock_);
      if (full_ != full) return false;  // another model went live at the last moment
      light_ = light;
    }
    post(*full, *light, settings);
    return true;
  } catch (const Cancelled&) {
    GST_DEBUG_OBJECT(element_, "the training of the lighter model was stopped");
  } catch (...) {
    post_current_exception(element_, GST_MESSAGE_WARNING, "training a lighter model");
  }
  return false;
}

void LightModel::post(const Restorer& full, const Restorer& light, const TrainSettings& settings) const {
  const auto& info = light.info();
  auto* fields = gst_structure_new("firstframe-light-model", "restorer", G_TYPE_STRING, info.restorer.c_str(),            //
                                   "width", G_TYPE_INT64, static_cast<gint64>(settings.width),                            //
                                   "steps", G_TYPE_INT64, static_cast<gint64>(info.steps),                                //
                                   "train-seconds", G_TYPE_DOUBLE, info.train_seconds, nullptr);
  if (settings.depth > 0) gst_structure_set(fields, "depth", G_TYPE_INT64, static_cast<gint64>(settings.depth), nullptr);
  if (info.held_out_psnr) gst_structure_set(fields, "held-out-psnr", G_TYPE_DOUBLE, *info.held_out_psnr, nullptr);
  if (full.info().held_out_psnr)
    gst_structure_set(fields, "held-out-psnr-full", G_TYPE_DOUBLE, *full.info().held_out_psnr, nullptr);
  gst_element_post_message(element_, gst_message_new_element(GST_OBJECT(element_), fields));
}

void LightModel::give_up() {
  const std::scoped_lock guard(lock_);
  if (training_.state() != TrainingThread::State::running) return;
  training_.give_up();
  if (!light_) full_ = nullptr;
}

void LightModel::forget() {
  const std::scoped_lock guard(lock_);
  training_.give_up();
  full_ = light_ = nullptr;
}

void LightModel::end() {
  forget();
  training_.cancel();
}

}  // namespace firstframe
