#include "elements/gst/training_job.h"

#include <chrono>
#include <iomanip>
#include <sstream>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/trainer.h"
#include "elements/gst/exception_barrier.h"
#include "io/model/model_file.h"

namespace firstframe {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kBetweenReports = std::chrono::milliseconds(250);

void post_progress(GstElement* element, GstProgressType type, const std::string& text) {
  gst_element_post_message(element,
                           gst_message_new_progress(GST_OBJECT(element), type, "train", text.c_str()));
}

std::string decibels(double psnr) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(2) << psnr << " dB";
  return out.str();
}

std::string sentence(const TrainingProgress& progress) {
  std::ostringstream out;
  out << "loss " << std::setprecision(3) << progress.loss;
  if (progress.held_out_psnr) out << ", PSNR " << decibels(*progress.held_out_psnr);
  out << ", step " << progress.step;
  if (progress.planned_steps > 0) out << " of " << progress.planned_steps;
  out << ", " << std::fixed << std::setprecision(1) << progress.seconds_left << " s left";
  return out.str();
}

std::string sentence(const ModelInfo& info) {
  std::ostringstream out;
  out << info.restorer << " trained in " << std::fixed << std::setprecision(1) << info.train_seconds << " s";
  if (info.held_out_psnr && info.held_out_degraded_psnr)
    out << ", PSNR " << decibels(*info.held_out_degraded_psnr) << " degraded, "
        << decibels(*info.held_out_psnr) << " restored";
  if (!info.note.empty()) out << "; stopped early: " << info.note;
  return out.str();
}

// Passes core's reports on, thinned out.
ProgressFunction reports_of(GstElement* element) {
  return [element, last = Clock::time_point{}](const TrainingProgress& progress) mutable {
    const auto now = Clock::now();
    if (now - last < kBetweenReports) return;
    last = now;
    post_progress(element, GST_PROGRESS_TYPE_CONTINUE, sentence(progress));
  };
}

void save(GstElement* element, const std::string& location, const Model& model) {
  if (location.empty()) return;
  try {
    write_model(location, model);
  } catch (...) {
    post_current_exception(element, GST_MESSAGE_WARNING, "save-model-location", location);
  }
}

}  // namespace

bool TrainingJob::run(std::stop_token stop) const {
  try {
    post_progress(element, GST_PROGRESS_TYPE_START, text("training ", settings.restorer));
    const auto restorer = train(*pair, settings, reports_of(element), std::move(stop));
    go_live(restorer);
    post_model_live(element, restorer->info());
    save(element, save_location, restorer->model());
    post_progress(element, GST_PROGRESS_TYPE_COMPLETE, sentence(restorer->info()));
    return true;
  } catch (const Cancelled&) {
    post_progress(element, GST_PROGRESS_TYPE_CANCELED, "training stopped; no model was made");
  } catch (...) {
    post_progress(element, GST_PROGRESS_TYPE_ERROR, "training failed");
    post_current_exception(element, GST_MESSAGE_ERROR, "training");
  }
  return false;
}

void post_model_live(GstElement* element, const ModelInfo& info) {
  auto* fields = gst_structure_new("firstframe-model-live", "restorer", G_TYPE_STRING, info.restorer.c_str(),
                                   "scale", G_TYPE_INT64, static_cast<gint64>(info.scale), "steps",
                                   G_TYPE_INT64, static_cast<gint64>(info.steps), "train-seconds",
                                   G_TYPE_DOUBLE, info.train_seconds, nullptr);
  if (info.held_out_psnr)
    gst_structure_set(fields, "held-out-psnr", G_TYPE_DOUBLE, *info.held_out_psnr, nullptr);
  if (info.held_out_degraded_psnr)
    gst_structure_set(fields, "held-out-degraded-psnr", G_TYPE_DOUBLE, *info.held_out_degraded_psnr, nullptr);
  gst_element_post_message(element, gst_message_new_element(GST_OBJECT(element), fields));
}

}  // namespace firstframe
