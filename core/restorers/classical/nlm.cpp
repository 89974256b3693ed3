#include "core/restorers/classical/methods.h"
#include "core/restorers/classical/non_local_means.h"
#include "core/restorers/classical/untrained_restorer.h"

namespace firstframe {
namespace {

constexpr double kDefaultStrength = 0.8;  // noise sigmas

class NlmRestorer final : public UntrainedRestorer {
 public:
  explicit NlmRestorer(const ClassicalSettings& settings)
      : UntrainedRestorer(settings, {kNlmHalo, /*multiple=*/1, /*preferred_side=*/128}),
        sigma_(static_cast<float>(*settings.noise_sigma / 255)),
        h_(static_cast<float>(settings.strength.value_or(kDefaultStrength)) * sigma_) {}

  void restore_tile(const TileShape& tile, std::span<const float> degraded, std::span<float> restored,
                    const RestoreSettings&) const override {
    non_local_means(degraded.data(), tile.extent, sigma_, h_, restored.data());
  }

 private:
  float sigma_;
  float h_;
};

}  // namespace

std::shared_ptr<const Restorer> make_nlm(const ClassicalSettings& settings) {
  return std::make_shared<NlmRestorer>(settings);
}

}  // namespace firstframe
