#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>

#include "core/frame/section.h"
#include "core/restorers/restorer.h"
#include "core/settings/settings.h"

namespace firstframe {

/// Restores sections of traces so that silence comes out as silence: what the restorer makes of a section of zeros, a small offset or a
/// pattern of it (0.1 to 0.3 % of the amplitude that stands for white), is taken away from everything that it restores. Otherwise it
/// stands where little was recorded, before the first arrivals.
///
/// Restorers without training give zeros for zeros and are left alone, as is super-resolution.
/// Cost: one restored section more for each run of sections of one extent, type and range, and the memory of one.
/// For one restorer and its settings; not for several threads at once.
class SilentRestore {
 public:
  /// \param degraded  [1, samples, traces]
  /// \param offset    samples are stored values + offset, see SampleCode
  /// \return in the type and range of `degraded`
  /// \throws as restore()
  Section run(const Restorer& restorer, const Section& degraded, double offset, const RestoreSettings& settings = {}, std::stop_token stop = {});

 private:
  bool serves(const Section& section) const;

  std::optional<Section> silence_;  // restored
};

}  // namespace firstframe
