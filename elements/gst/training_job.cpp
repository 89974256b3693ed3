#include "elements/gst/training_job.h"

#include <chrono>
#include <iomanip>
#include <sstream>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/held_out_psnr.h"
#include "core/tiling/restore_tiled.h"
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

// Posts CONTINUE messages, thinned out.
class Reports {
 public:
  explicit Reports(GstElement* element) : element_(element) {}

  void post(const std::string& text, bool is_last = false) {
    const auto now = Clock::now();
    if (now - last_ < kBetweenReports && !is_last) return;
    last_ = now;
    post_progress(element_, GST_PROGRESS_TYPE_CONTINUE, text);
  }

 private:
  GstElement* element_;
  Clock::time_point last_{};
};

ProgressFunction reports_of(GstElement* element) {
  return [reports = Reports(element)](const TrainingProgress& progress) mutable {
    reports.post(sentence(progress));
  };
}

void post_averaging(GstElement* element, std::int64_t count, std::int64_t frames) {
  gst_element_post_message(
      element, gst_message_new_element(GST_OBJECT(element),
                                       gst_structure_new("firstframe-averaging", "count", G_TYPE_INT64,
                                                         static_cast<gint64>(count), "frames", G_TYPE_INT64,
                                                         static_cast<gint64>(frames), nullptr)));
}

void post_model_kept(GstElement* element, double psnr, double psnr_kept) {
  gst_element_post_message(
      element,
      gst_message_new_element(GST_OBJECT(element),
                              gst_structure_new("firstframe-model-kept", "held-out-psnr", G_TYPE_DOUBLE, psnr,
                                                "held-out-psnr-kept", G_TYPE_DOUBLE, psnr_kept, nullptr)));
}

void save(GstElement* element, const std::string& location, Model model) {
  if (location.empty()) return;
  if (model.info.neighbours > 0) model.info.settings += text(" ", kNeighboursBefore, model.info.neighbours);
  try {
    write_model(location, model);
  } catch (...) {
    post_current_exception(element, GST_MESSAGE_WARNING, "save-model-location", location);
  }
}

}  // namespace

bool TrainingJob::run(std::stop_token stop) const {
  bool is_announced = false;
  const auto announce = [&] {
    if (!std::exchange(is_announced, true))
      post_progress(element, GST_PROGRESS_TYPE_START, text("training ", settings.restorer));
  };
  const auto end_progress = [&](GstProgressType type, const std::string& text) {
    if (is_announced) post_progress(element, type, text);
  };
  try {
    std::string origin;
    const auto learned = pair ? pair : averaged_pair(announce, origin, stop);
    announce();
    const auto restorer = train(*learned, settings, reports_of(element), stop);
    conclude(restorer, learned, origin, stop);
    return true;
  } catch (const Cancelled&) {
    end_progress(GST_PROGRESS_TYPE_CANCELED, "training stopped; no model was made");
  } catch (...) {
    const bool is_live = live() != nullptr;
    end_progress(GST_PROGRESS_TYPE_ERROR,
                 is_live ? "training failed; the model before it stays" : "training failed");
    post_current_exception(element, is_live ? GST_MESSAGE_WARNING : GST_MESSAGE_ERROR, "training");
  }
  return false;
}

// PROGRESS begins when all frames are there: gst-launch-1.0 and others wait for its end before they go to PLAYING, and
// more than one frame does not come before.
std::shared_ptr<const TrainingPair> TrainingJob::averaged_pair(const std::function<void()>& announce,
                                                               std::string& origin,
                                                               std::stop_token stop) const {
  Reports reports(element);
  const auto frames = averaging->frames();
  const auto report = [&](std::int64_t count) {
    if (!averaging->has_all()) return post_averaging(element, count, frames);
    announce();
    reports.post(text("averaging ", count, " of ", frames), count == frames);
  };
  const auto average = averaging->average(report, std::move(stop));
  std::ostringstream out;
  out << "; the clean picture is the mean of " << frames - 1 << " frames, which moved by " << std::fixed
      << std::setprecision(2) << average.largest_shift() << " pixels at most";
  origin = out.str();
  auto made = std::make_shared<const TrainingPair>(average.pair());
  learn(made);
  return made;
}

// Decides between the new model and the one that is live.
void TrainingJob::conclude(const std::shared_ptr<const Restorer>& restorer, const std::shared_ptr<const TrainingPair>& learned,
                           const std::string& origin, std::stop_token stop) const {
  const auto& info = restorer->info();
  const auto before = live();
  // Of another number of neighbours the pair shows the model before what it was not made for.
  if (before && info.held_out_psnr && before->info().neighbours == info.neighbours) {
    const auto psnr = held_out_psnr(*before, *learned, settings, stop);
    if (psnr && *info.held_out_psnr < *psnr) {
      post_model_kept(element, *info.held_out_psnr, *psnr);
      post_progress(
          element, GST_PROGRESS_TYPE_COMPLETE,
          text(sentence(info), origin, "; the model before it restores ", decibels(*psnr), " and is kept"));
      return;
    }
  }
  warm_up(*restorer, *learned, settings, stop);
  go_live(restorer, learned);
  post_model_live(element, info, averaging ? averaging->frames() : 0);
  if (const auto complaint = held_out_complaint(info); !complaint.empty())
    GST_ELEMENT_WARNING(element, STREAM, FAILED, ("%s", complaint.c_str()), (nullptr));
  save(element, save_location, restorer->model());
  post_progress(element, GST_PROGRESS_TYPE_COMPLETE, sentence(info) + origin);
}

void warm_up(const Restorer& restorer, const TrainingPair& pair, const TrainSettings& settings, std::stop_token stop) {
  RestoreSettings as_trained;
  as_trained.threads = settings.threads;
  restore(restorer, pair.degraded.view(), as_trained, std::move(stop));
}

void post_model_live(GstElement* element, const ModelInfo& info, std::int64_t clean_average) {
  auto* fields = gst_structure_new("firstframe-model-live", "restorer", G_TYPE_STRING, info.restorer.c_str(),
                                   "scale", G_TYPE_INT64, static_cast<gint64>(info.scale), "steps",
                                   G_TYPE_INT64, static_cast<gint64>(info.steps), "train-seconds",
                                   G_TYPE_DOUBLE, info.train_seconds, nullptr);
  if (info.held_out_psnr)
    gst_structure_set(fields, "held-out-psnr", G_TYPE_DOUBLE, *info.held_out_psnr, nullptr);
  if (info.held_out_degraded_psnr)
    gst_structure_set(fields, "held-out-degraded-psnr", G_TYPE_DOUBLE, *info.held_out_degraded_psnr, nullptr);
  if (info.neighbours > 0)
    gst_structure_set(fields, "neighbours", G_TYPE_INT64, static_cast<gint64>(info.neighbours), nullptr);
  if (clean_average > 0)
    gst_structure_set(fields, "clean-average", G_TYPE_INT64, static_cast<gint64>(clean_average), nullptr);
  gst_element_post_message(element, gst_message_new_element(GST_OBJECT(element), fields));
}

}  // namespace firstframe
