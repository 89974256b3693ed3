#include "core/seismic/wedge_check.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/seismic/events.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TEST(Wedge, GrowsInAmplitudeAndThickness) {
  const auto event = wedge({64, 11}, {{0, 1, 0}, 4, "spike"}, 2, 20, 10);
  EXPECT_DOUBLE_EQ(event.at(20, 0), 2);     // both reflectors at half the amplitude on one sample
  EXPECT_DOUBLE_EQ(event.at(20, 10), 2);
  EXPECT_DOUBLE_EQ(event.at(30, 10), 2);
  EXPECT_DOUBLE_EQ(event.at(25, 5), 1.5);
  EXPECT_DOUBLE_EQ(event.at(25, 10), 0);
}

TEST(CheckWedge, FindsTheGainOfALinearRestoration) {
  const auto section = white_noise({64, 20}, 1), event = wedge({64, 20}, ricker(25, 4), 3, 24, 8);
  const auto figures = check_wedge(section, event, [](const Traces& traces) {
    auto out = traces;
    for (auto& value : out.values) value *= 0.8;
    return out;
  });
  EXPECT_NEAR(figures.gain_error_percent, -20, 1e-9);
  EXPECT_NEAR(figures.misfit_percent, 20, 1e-9);
}

TEST(CheckWedge, OfTheIdentityIsWithoutError) {
  const auto event = wedge({64, 20}, ricker(25, 4), 3, 24, 8);
  const auto figures = check_wedge(white_noise({64, 20}, 1), event, [](const Traces& traces) { return traces; });
  EXPECT_NEAR(figures.gain_error_percent, 0, 1e-9);
  EXPECT_NEAR(figures.misfit_percent, 0, 1e-9);
}

TEST(Wedge, RefusesToLeaveTheSection) {
  EXPECT_EQ(message_of<ArgumentError>([] { wedge({64, 20}, {{0, 1, 0}, 4, "spike"}, 1, 60, 10); }),
            "wedge: samples 59..71 leave a section of 64 samples; use a longer section or a shorter wavelet");
}

}  // namespace
}  // namespace firstframe
