#pragma once

#include <string>

#include "pipelines/reproduce/lab.h"
#include "pipelines/reproduce/report.h"

namespace firstframe {

/// The row with what a restorer makes of a set, and the set's table. side_by_side: see score_set.
ReportRow scored_row(ReportRow row, const Restorer& restorer, const TestSet& set, std::stop_token stop,
                     const RestoreSettings& settings = {}, bool side_by_side = false);

/// The scores of the degraded pictures themselves.
ReportRow input_row(const std::string& label, const TestSet& set);

/// A training for frames with the noise of the pair: what every restorer is compared with, unless it says otherwise.
TrainSettings matched_settings(const std::string& restorer, double seconds);

}  // namespace firstframe
