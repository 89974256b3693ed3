#include "elements/gst/latency_meter.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(LatencyMeter, GivesMedianAndP99OfWhatItWasGiven) {
  LatencyMeter meter;
  for (std::uint64_t i = 1; i <= 100; ++i) meter.add(101 - i);
  EXPECT_EQ(meter.quantile(0.5), 50u);
  EXPECT_EQ(meter.quantile(0.99), 99u);
  EXPECT_EQ(meter.quantile(1), 100u);
  EXPECT_EQ(meter.longest(), 100u);
}

TEST(LatencyMeter, ForgetsOldFramesButNotTheLongest) {
  LatencyMeter meter;
  meter.add(1000);
  for (std::size_t i = 0; i < LatencyMeter::kRemembered; ++i) meter.add(7);
  EXPECT_EQ(meter.quantile(1), 7u);
  EXPECT_EQ(meter.longest(), 1000u);
}

TEST(LatencyMeter, IsZeroWithoutFrames) { EXPECT_EQ(LatencyMeter().quantile(0.5), 0u); }

}  // namespace
}  // namespace firstframe
