#include <algorithm>

#include "core/restorers/classical/methods.h"
#include "core/restorers/classical/plane_restorer.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 512;  // pixels
constexpr std::int64_t kDescentIterations = 1500;
constexpr std::int64_t kFixedPointIterations = 200;
constexpr double kLambda = 0.01;

class RedRestorer final : public PlaneRestorer {
 public:
  explicit RedRestorer(const ClassicalSettings& settings)
      : PlaneRestorer(settings, kTileSide),
        solver_(settings.solver.value_or(RedSolver::steepest_descent)),
        iterations_(settings.iterations.value_or(solver_ == RedSolver::fixed_point ? kFixedPointIterations
                                                                                   : kDescentIterations)),
        lambda_(settings.lambda.value_or(kLambda)),
        precision_(1 / (*settings.noise_sigma * *settings.noise_sigma)) {}

 protected:
  torch::Tensor solve(const Plane& plane, const RestoreSettings& settings) const override {
    const auto seen =
        precision_ * torch::conj(plane.transfer) * spectrum_of(plane.degraded);  // of H^T y / s^2
    const auto data = precision_ * plane.transfer.abs().square();                // of H^T H / s^2
    return solver_ == RedSolver::fixed_point ? fixed_point(plane, seen, data, settings)
                                             : descend(plane, seen, data, settings);
  }

 private:
  // x <- x - step ((H^T H x - H^T y) / s^2 + lambda (x - f(x)))
  torch::Tensor descend(const Plane& plane, const torch::Tensor& seen, const torch::Tensor& data,
                        const RestoreSettings& settings) const {
    // The largest of H^T H is 1 but for kernels with negative taps.
    const double step = 2 / (std::max(precision_, data.max().item<double>()) + lambda_);
    const auto seen_plane = plane_of(seen, plane.extent);
    auto x = plane.degraded.clone();
    for (std::int64_t i = 0; i < iterations_; ++i) {
      stop_if_asked();
      const auto change = plane_of(spectrum_of(x).mul_(data), plane.extent).sub_(seen_plane);
      change.add_(x - denoised(x, plane, settings), lambda_);
      x.sub_(change, step).clamp_(0, 1);
    }
    return x;
  }

  // x <- (H^T H / s^2 + lambda)^-1 (H^T y / s^2 + lambda f(x))
  torch::Tensor fixed_point(const Plane& plane, const torch::Tensor& seen, const torch::Tensor& data,
                            const RestoreSettings& settings) const {
    const auto inverse = (data + lambda_).reciprocal();
    auto x = plane.degraded.clone();
    for (std::int64_t i = 0; i < iterations_; ++i) {
      stop_if_asked();
      auto numerator = spectrum_of(denoised(x, plane, settings));
      x = plane_of(numerator.mul_(lambda_).add_(seen).mul_(inverse), plane.extent).clamp_(0, 1);
    }
    return x;
  }

  RedSolver solver_;
  std::int64_t iterations_;
  double lambda_;
  double precision_;  // 1 / s^2, s in 8-bit units: scaling pixels to 0..1 leaves every term's share as it is
};

}  // namespace

std::shared_ptr<const Restorer> make_red(const ClassicalSettings& settings) {
  return std::make_shared<RedRestorer>(settings);
}

}  // namespace firstframe
