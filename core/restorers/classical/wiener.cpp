#include <algorithm>

#include "core/restorers/classical/methods.h"
#include "core/restorers/classical/plane_restorer.h"

namespace firstframe {
namespace {

// A section is one tile: the signal's variance is the whole section's, and two tiles' own would show where they meet.
constexpr std::int64_t kTileSide = 16384;  // pixels

// 1 / |f|^2 in cycles per pixel, scaled to sum 1 over all frequencies but the mean's, which is infinite.
torch::Tensor power_law(Extent extent) {
  const auto down = torch::fft::fftfreq(extent.rows);
  const auto across = torch::arange(extent.cols / 2 + 1) / static_cast<double>(extent.cols);
  const auto law = (down.square().unsqueeze(1) + across.square()).reciprocal();
  // All but the first column, and the last of an even number, stand for themselves and their mirror image.
  auto times = torch::full_like(across, 2);
  times[0] = 1;
  if (extent.cols % 2 == 0) times[-1] = 1;
  auto finite = law.clone();
  finite[0][0] = 0;
  return law / (finite * times).sum();
}

class WienerRestorer final : public PlaneRestorer {
 public:
  explicit WienerRestorer(const ClassicalSettings& settings)
      : PlaneRestorer(settings, kTileSide),
        noise_variance_(*settings.noise_sigma * *settings.noise_sigma / (255.0 * 255.0)) {}

 protected:
  torch::Tensor solve(const Plane& plane, const RestoreSettings&) const override {
    // A plane of nothing but noise leaves a little, so that nothing is divided by zero.
    const auto total = plane.degraded.var(/*unbiased=*/false).item<double>();
    const double signal_variance = std::max(total - noise_variance_, 1e-3 * noise_variance_);
    // Per frequency: the noise has pixels * variance, the signal pixels^2 * variance * law.
    const double pixels = static_cast<double>(plane.extent.area());
    const auto noise_to_signal = noise_variance_ / (pixels * signal_variance) / power_law(plane.extent);
    const auto gain = torch::conj(plane.transfer) / (plane.transfer.abs().square() + noise_to_signal);
    return plane_of(gain * spectrum_of(plane.degraded), plane.extent);
  }

 private:
  double noise_variance_;
};

}  // namespace

std::shared_ptr<const Restorer> make_wiener(const ClassicalSettings& settings) {
  return std::make_shared<WienerRestorer>(settings);
}

}  // namespace firstframe
