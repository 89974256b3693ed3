#include "pipelines/sections/gained_restore.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/automatic_gain.h"
#include "io/seismic/segy_file.h"
#include "io/seismic/seismic_model.h"

namespace firstframe {

void require_interval(const SectionSource& source) {
  const auto& segy = source.info().segy;
  if (segy && segy->layout.interval_us <= 0)
    throw FormatError(text(source.path().string(), ": its headers lack the sample interval, by which the window of automatic gain control is "
                           "counted; write it into the headers (", segy->layout.is_su ? "" : "bytes 3217-3218 of the file or ",
                           "bytes 117-118 of each trace header, in us), or train without --agc"));
}

std::int64_t gain_window(const ModelInfo& model, const SectionSource& source) {
  const auto training = seismic_training(model);
  if (!training || training->agc_ms <= 0) return 0;
  require_interval(source);
  const double interval_ms = source.info().geometry.spacing[1];
  return std::max<std::int64_t>(1, std::llround(training->agc_ms / interval_ms));
}

void require_gain_fits(const ModelInfo& model, bool has_range) {
  if (has_range)
    throw ArgumentError("range: the model was trained under automatic gain control, which sets the amplitudes; leave out --range");
  if (model.scale > 1)
    throw FormatError("model: was trained for super-resolution under automatic gain control, which do not go together; train it again");
}

Section restored_under_gain(const Restorer& restorer, const Section& degraded, double offset, std::int64_t window, SilentRestore& silent,
                            const RestoreSettings& settings, std::stop_token stop) {
  const auto gained = with_gain(degraded.view(), offset, window);
  auto restored = silent.run(restorer, gained.section, 0, settings, std::move(stop));
  undo_gain(restored, offset, gained.gains);
  restored.set_range(degraded.range());
  return restored;
}

}  // namespace firstframe
