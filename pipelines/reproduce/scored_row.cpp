#include "pipelines/reproduce/scored_row.h"

#include <utility>

namespace firstframe {

ReportRow scored_row(ReportRow row, const Restorer& restorer, const TestSet& set, std::stop_token stop,
                     const RestoreSettings& settings, bool side_by_side) {
  auto scores = score_set(restorer, set.pictures, settings, side_by_side, std::move(stop));
  row.table = set.table;
  row.scores = std::move(scores.pictures);
  row.restore_ms = scores.restore_ms;
  return row;
}

ReportRow input_row(const std::string& label, const TestSet& set) {
  ReportRow row;
  row.table = set.table;
  row.label = label;
  row.scores = score_inputs(set.pictures).pictures;
  return row;
}

TrainSettings matched_settings(const std::string& restorer, double seconds) {
  TrainSettings settings;
  settings.restorer = restorer;
  settings.seconds = seconds;
  if (restorer != "linear") settings.noise_jitter = 1;
  return settings;
}

}  // namespace firstframe
