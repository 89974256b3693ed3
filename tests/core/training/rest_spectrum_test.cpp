#include "core/training/rest_spectrum.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/degradation/noise.h"

namespace firstframe {
namespace {

TEST(RadialSpectrum, IsFlatForWhiteNoise) {
  Section noise(SampleType::float32, 1, {400, 360});
  add_gaussian_noise(noise, 0.05, 1);
  const auto points = radial_spectrum(noise);
  ASSERT_EQ(points.size(), 32u);
  for (std::size_t i = 6; i < points.size(); ++i) EXPECT_NEAR(points[i].power, 1, 0.2) << points[i].frequency;
}

TEST(RadialSpectrum, PeaksAtTheFrequencyOfAWave) {
  Section wave(SampleType::float32, 1, {128, 128});
  for (std::int64_t i = 0; i < 128 * 128; ++i) wave.samples<float>()[i] = static_cast<float>(std::sin(2 * M_PI * 0.2 * static_cast<double>(i % 128)));
  const auto points = radial_spectrum(wave);
  for (const auto& point : points)
    if (point.frequency > 0.05 && std::abs(point.frequency - 0.2) > 0.03) {
      EXPECT_LT(point.power, 0.1) << point.frequency;
    }
  EXPECT_GT(points[12].power, 5);  // 0.1875..0.2031
}

}  // namespace
}  // namespace firstframe
