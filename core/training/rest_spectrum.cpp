#include "core/training/rest_spectrum.h"

#include <torch/torch.h>

#include <cmath>

namespace firstframe {

std::vector<SpectrumPoint> radial_spectrum(const Section& rest) {
  constexpr std::int64_t rings = 32;
  torch::NoGradGuard no_grad;
  const auto rows = rest.extent().rows, cols = rest.extent().cols;
  auto plane = torch::from_blob(const_cast<float*>(rest.samples<float>()), {rows, cols}).to(torch::kDouble);
  plane = plane - plane.mean();
  const auto window = torch::outer(torch::hann_window(rows, torch::kDouble), torch::hann_window(cols, torch::kDouble));
  // White noise of this variance has this much power at every frequency.
  const double white = plane.square().mean().item<double>() * window.square().sum().item<double>();
  const auto power = torch::fft_fft2(plane * window).abs().square().contiguous();

  std::vector<SpectrumPoint> points(rings);
  std::vector<double> counts(rings, 0.0);
  for (std::int64_t r = 0; r < rows; ++r)
    for (std::int64_t c = 0; c < cols; ++c) {
      const double down = static_cast<double>(std::min(r, rows - r)) / static_cast<double>(rows);
      const double across = static_cast<double>(std::min(c, cols - c)) / static_cast<double>(cols);
      const auto ring = static_cast<std::size_t>(std::hypot(down, across) * 2 * rings);
      if (ring >= points.size()) continue;
      points[ring].power += power.data_ptr<double>()[r * cols + c];
      counts[ring] += 1;
    }
  std::vector<SpectrumPoint> seen;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (counts[i] > 0 && white > 0)
      seen.push_back({(static_cast<double>(i) + 0.5) / (2 * rings), points[i].power / counts[i] / white});
  return seen;
}

}  // namespace firstframe
