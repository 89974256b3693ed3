#include "core/seismic/traces.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

Traces of(Extent extent, std::vector<double> values) {
  Traces traces(extent);
  traces.values = std::move(values);
  return traces;
}

TEST(Traces, HoldTheFilesOwnNumbers) {
  Section signed_16(SampleType::uint16, 1, {1, 3});
  for (int i = 0; i < 3; ++i) signed_16.samples<std::uint16_t>()[i] = static_cast<std::uint16_t>(32768 + 100 * (i - 1));
  const auto traces = traces_of(signed_16.view(), 32768);
  EXPECT_EQ(traces.at(0, 0), -100);
  EXPECT_EQ(traces.at(0, 1), 0);
  EXPECT_EQ(traces.at(0, 2), 100);
}

TEST(Traces, GoThroughASectionUnchanged) {
  const auto traces = of({2, 2}, {-3.5, 0, 1e4, 0.125});
  EXPECT_EQ(traces_of(section_of(traces).view()).values, traces.values);
}

TEST(Traces, RefuseWhatIsNoNumber) {
  auto section = section_of(Traces({2, 3}));
  section.samples<float>()[5] = std::nanf("");
  EXPECT_EQ(message_of<FormatError>([&] { traces_of(section.view()); }),
            "section: the value at channel 0, row 1, column 2 is NaN or infinite; replace such values before restoring or training");
}

TEST(SnrDb, IsTheRatioOfEnergies) {
  EXPECT_NEAR(snr_db(of({1, 2}, {3, 4}), of({1, 2}, {3, 4.5})), 10 * std::log10(25 / 0.25), 1e-12);
  EXPECT_TRUE(std::isinf(snr_db(of({1, 2}, {3, 4}), of({1, 2}, {3, 4}))));
}

TEST(SnrDb, RefusesASilentTruthAndAnotherSize) {
  EXPECT_EQ(message_of<FormatError>([] { snr_db(of({1, 2}, {0, 0}), of({1, 2}, {1, 1})); }),
            "SNR: the clean section is zero everywhere; it has no signal to compare with");
  EXPECT_EQ(message_of<FormatError>([] { snr_db(of({1, 2}, {1, 0}), of({2, 1}, {1, 1})); }),
            "SNR: one section is 1 x 2, the other 2 x 1 (samples x traces); both must show the same place");
}

TEST(Correlation, KnowsNeitherScaleNorOffset) {
  EXPECT_NEAR(correlation_of(of({1, 4}, {1, 2, 3, 5}), of({1, 4}, {12, 14, 16, 20})), 1, 1e-12);
  EXPECT_NEAR(correlation_of(of({1, 4}, {1, 2, 3, 5}), of({1, 4}, {-1, -2, -3, -5})), -1, 1e-12);
  EXPECT_NEAR(correlation_of(of({1, 4}, {1, -1, 1, -1}), of({1, 4}, {1, 1, -1, -1})), 0, 1e-12);
}

TEST(Traces, RefuseColour) {
  const auto colour = scramble(SampleType::float32, 3, {4, 4});
  EXPECT_EQ(message_of<FormatError>([&] { traces_of(colour.view()); }), "seismic section: 1 channel is needed, this one has 3");
}

}  // namespace
}  // namespace firstframe
