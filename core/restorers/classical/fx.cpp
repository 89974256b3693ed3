#include <algorithm>
#include <numeric>

#include "core/restorers/classical/methods.h"
#include "core/restorers/classical/untrained_restorer.h"

namespace firstframe {
namespace {

// A section is one tile: windows are counted from its first trace and sample.
constexpr std::int64_t kTileSide = 16384;  // pixels

class FxRestorer final : public UntrainedRestorer {
 public:
  explicit FxRestorer(const ClassicalSettings& settings)
      : UntrainedRestorer(settings, {/*halo=*/0, /*multiple=*/1, kTileSide}), fx_(*settings.fx) {}

  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings&) const override {
    Traces traces(tile.extent);
    // Normalised values have their zero somewhere within 0..1; that of the recording is near the mean.
    const double mean = std::accumulate(degraded.begin(), degraded.end(), 0.0) / static_cast<double>(degraded.size());
    std::transform(degraded.begin(), degraded.end(), traces.values.begin(), [&](float value) { return value - mean; });
    const auto predicted = fx_deconvolution(traces, fx_);
    std::transform(predicted.values.begin(), predicted.values.end(), restored.begin(),
                   [&](double value) { return static_cast<float>(value + mean); });
  }

 private:
  FxSettings fx_;
};

}  // namespace

std::shared_ptr<const Restorer> make_fx(const ClassicalSettings& settings) {
  auto complete = settings;
  if (!complete.fx) complete.fx = FxSettings{};
  check_fx(*complete.fx);
  return std::make_shared<FxRestorer>(complete);
}

}  // namespace firstframe
