#include "core/restorers/classical/methods.h"
#include "core/restorers/classical/plane_restorer.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 512;  // pixels
constexpr std::int64_t kIterations = 20;
constexpr double kDark = 1e-6;  // of the value range; keeps ratios finite where no light arrives

class RichardsonLucyRestorer final : public PlaneRestorer {
 public:
  explicit RichardsonLucyRestorer(const ClassicalSettings& settings)
      : PlaneRestorer(settings, kTileSide), iterations_(settings.iterations.value_or(kIterations)) {}

 protected:
  torch::Tensor solve(const Plane& plane, const RestoreSettings&) const override {
    const auto light = plane.degraded.clamp_min(0);
    const auto back = torch::conj(plane.transfer).resolve_conj();
    auto estimate = light.clamp_min(kDark);
    for (std::int64_t i = 0; i < iterations_; ++i) {
      stop_if_asked();
      const auto blurred =
          plane_of(spectrum_of(estimate).mul_(plane.transfer), plane.extent).clamp_min_(kDark);
      const auto correction = plane_of(spectrum_of(light / blurred).mul_(back), plane.extent);
      estimate.mul_(correction.clamp_min_(0));  // below zero by rounding only
    }
    return estimate;
  }

 private:
  std::int64_t iterations_;
};

}  // namespace

std::shared_ptr<const Restorer> make_richardson_lucy(const ClassicalSettings& settings) {
  return std::make_shared<RichardsonLucyRestorer>(settings);
}

}  // namespace firstframe
