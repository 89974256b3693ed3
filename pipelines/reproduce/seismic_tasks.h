#pragma once

#include <string>
#include <vector>

#include "pipelines/reproduce/lab.h"

namespace firstframe {

/// The synthetic 3-D pair: the degraded sections, f-x deconvolution at the setting that scores best on the scored sections
/// themselves, and restorers trained on one section.
std::vector<ReportRow> noise_attenuation_rows(Lab& lab);

/// Reflectivity of unseen synthetic sections with faults, by restorers trained on other synthetic sections, and what the best
/// one makes of a field line.
std::vector<ReportRow> deconvolution_rows(Lab& lab);

/// A field line, "penobscot", "viking" or "f3": f-x deconvolution, and a restorer trained on one section of it with added noise.
std::vector<ReportRow> field_rows(Lab& lab, const std::string& line);

}  // namespace firstframe
