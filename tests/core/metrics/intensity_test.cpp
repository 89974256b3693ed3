#include "core/metrics/intensity.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TEST(IntensityOf, LogValuesAreDecibelsBelowWhite) {
  const Intensity log{IntensityDomain::log, 40};
  EXPECT_NEAR(intensity_of(1, log), 1, 1e-12);
  EXPECT_NEAR(intensity_of(0.75, log), 0.1, 1e-12);  // 10 dB of 40 below
  EXPECT_NEAR(intensity_of(0, log), 1e-4, 1e-12);
}

TEST(IntensityOf, LinearValuesAreTheIntensity) {
  EXPECT_EQ(intensity_of(0.3, {IntensityDomain::linear, 40}), 0.3);
}

TEST(IntensityDomain, IsNamed) {
  for (const auto domain : {IntensityDomain::linear, IntensityDomain::log})
    EXPECT_EQ(intensity_domain_named(name_of(domain)), domain);
  EXPECT_FALSE(intensity_domain_named("cubic"));
}

TEST(IntensitiesIn, ReadsARegionRowByRow) {
  Section section(SampleType::uint8, 1, {4, 4});
  section.samples<std::uint8_t>()[4 + 2] = 255;
  EXPECT_EQ(values_in(section.view(), {1, 1, 2, 2}), (std::vector<double>{0, 1, 0, 0}));
  EXPECT_EQ(message_of<ArgumentError>([&] {
              intensities_in(section.view(), {0, 0, 2, 2}, {IntensityDomain::log, 0});
            }),
            "OCT metrics: a dynamic range of 0 dB is not accepted; use more than 0");
  EXPECT_EQ(message_of<FormatError>([] {
              values_in(Section(SampleType::uint8, 3, {4, 4}).view(), {0, 0, 2, 2});
            }),
            "OCT metrics: 1 channel is needed, this picture has 3");
}

}  // namespace
}  // namespace firstframe
