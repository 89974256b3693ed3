#include "core/seismic/silent_restore.h"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

#include "core/tiling/restore_tiled.h"

namespace firstframe {
namespace {

template <typename Sample>
void take_away(Section& restored, const Section& silence, double offset) {
  auto* to = restored.samples<Sample>();
  const auto* from = silence.samples<Sample>();
  for (std::int64_t i = 0; i < restored.extent().area(); ++i) {
    if constexpr (std::is_integral_v<Sample>) {
      const auto value = static_cast<std::int64_t>(to[i]) - from[i] + static_cast<std::int64_t>(offset);
      to[i] = static_cast<Sample>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<Sample>::max()));
    } else {
      to[i] -= from[i] - static_cast<Sample>(offset);
    }
  }
}

template <typename Sample>
void fill(Section& section, double value) {
  std::fill_n(section.samples<Sample>(), section.extent().area(), static_cast<Sample>(value));
}

Section zeros_like(const Section& degraded, double offset) {
  Section zeros(degraded.type(), 1, degraded.extent());
  zeros.set_range(degraded.range());
  switch (zeros.type()) {
    case SampleType::uint8: fill<std::uint8_t>(zeros, offset); break;
    case SampleType::uint16: fill<std::uint16_t>(zeros, offset); break;
    case SampleType::float32: fill<float>(zeros, offset); break;
  }
  return zeros;
}

}  // namespace

bool SilentRestore::serves(const Section& section) const {
  return silence_ && silence_->extent() == section.extent() && silence_->type() == section.type() && silence_->range() == section.range();
}

Section SilentRestore::run(const Restorer& restorer, const Section& degraded, double offset, const RestoreSettings& settings,
                           std::stop_token stop) {
  auto restored = restore(restorer, degraded.view(), settings, stop);
  const auto& info = restorer.info();
  if (info.pair_hash.empty() || info.scale > 1) return restored;
  if (!serves(degraded)) silence_ = restore(restorer, zeros_like(degraded, offset).view(), settings, std::move(stop));
  switch (restored.type()) {
    case SampleType::uint8: take_away<std::uint8_t>(restored, *silence_, offset); break;
    case SampleType::uint16: take_away<std::uint16_t>(restored, *silence_, offset); break;
    case SampleType::float32: take_away<float>(restored, *silence_, offset); break;
  }
  return restored;
}

}  // namespace firstframe
