#include <algorithm>

#include "core/restorers/classical/methods.h"
#include "core/restorers/classical/plane_restorer.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 512;  // pixels
constexpr std::int64_t kIterations = 200;
constexpr double kLambda = 1;

class PnpRestorer final : public PlaneRestorer {
 public:
  explicit PnpRestorer(const ClassicalSettings& settings)
      : PlaneRestorer(settings, kTileSide),
        iterations_(settings.iterations.value_or(kIterations)),
        lambda_(settings.lambda.value_or(kLambda)) {}

 protected:
  torch::Tensor solve(const Plane& plane, const RestoreSettings& settings) const override {
    const auto seen = plane_of(torch::conj(plane.transfer) * spectrum_of(plane.degraded), plane.extent);
    const auto twice = plane.transfer.abs().square();
    // The largest of H^T H is 1 but for kernels with negative taps.
    const double step = 1 / std::max(1.0, twice.max().item<double>());
    auto x = plane.degraded.clone();
    for (std::int64_t i = 0; i < iterations_; ++i) {
      stop_if_asked();
      x.sub_(plane_of(spectrum_of(x).mul_(twice), plane.extent).sub_(seen), step);
      x.lerp_(denoised(x, plane, settings), lambda_).clamp_(0, 1);
    }
    return x;
  }

 private:
  std::int64_t iterations_;
  double lambda_;
};

}  // namespace

std::shared_ptr<const Restorer> make_pnp(const ClassicalSettings& settings) {
  return std::make_shared<PnpRestorer>(settings);
}

}  // namespace firstframe
