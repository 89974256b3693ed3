#include "pipelines/bench/learning_speed.h"

#include <chrono>

#include "core/base/text.h"
#include "core/training/trainer.h"
#include "pipelines/reproduce/lab.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {

std::vector<LearningRow> measure_learning(const BenchOptions& options) {
  constexpr const char* kTrainingPicture = "butterfly";
  ReproduceOptions reproduce;
  reproduce.data = options.data;
  reproduce.stop = options.stop;
  Lab lab(reproduce);
  const auto pair = pair_of(test_picture(lab.set11(kTrainingPicture), deblurring()));
  const auto set = lab.set11_without(kTrainingPicture, deblurring());

  std::vector<LearningRow> rows;
  for (const double seconds : options.learning_seconds) {
    auto settings = matched_settings("residual", seconds);
    settings.threads = options.threads;
    settings.device = options.device;
    const auto start = std::chrono::steady_clock::now();
    const auto restorer = train(pair, settings, {}, options.stop);
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto scores = score_set(*restorer, set.pictures, {}, /*side_by_side=*/true, options.stop);
    rows.push_back({seconds, took, mean_full_db(scores.pictures)});
    options.say(text("trained for ", seconds, " s (took ", took, "): ", rows.back().psnr, " dB on Set11"));
  }
  return rows;
}

}  // namespace firstframe
