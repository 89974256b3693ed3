#include "core/metrics/matched_psnr.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/metrics/psnr.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

Section with(const Section& section, float gain, float offset) {
  auto changed = section;
  for (std::int64_t p = 0; p < section.extent().area(); ++p)
    changed.samples<float>()[p] = gain * section.samples<float>()[p] + offset;
  return changed;
}

TEST(MatchedPsnr, OverlooksGainAndOffset) {
  const auto clean = scramble(SampleType::float32, 1, {24, 31}, 1);
  auto restored = clean;
  for (std::int64_t p = 0; p < clean.extent().area(); ++p)
    restored.samples<float>()[p] += p % 2 ? 0.1f : -0.1f;
  const double plain = matched_psnr(restored.view(), clean.view());
  EXPECT_NEAR(matched_psnr(with(restored, 0.5f, 0.2f).view(), clean.view()), plain, 1e-3);
  EXPECT_GE(plain, psnr(restored.view(), clean.view()));
}

TEST(MatchedPsnr, OfEqualsUpToGainAndOffsetIsInfinite) {
  const auto clean = scramble(SampleType::float32, 1, {24, 31}, 1);
  EXPECT_TRUE(std::isinf(matched_psnr(with(clean, 0.5f, 0.25f).view(), clean.view())));
}

TEST(MatchedPsnr, OfAConstantIsTheVarianceOfTheClean) {
  const auto clean = scramble(SampleType::float32, 1, {64, 64}, 1);
  Section grey(SampleType::float32, 1, {64, 64});
  EXPECT_NEAR(matched_psnr(grey.view(), clean.view()), 10 * std::log10(12.0),
              0.2);  // uniform values: variance 1 / 12
}

TEST(MatchedPsnr, RefusesDifferentSections) {
  EXPECT_EQ(
      message_of<FormatError>([] {
        matched_psnr(Section(SampleType::uint8, 1, {4, 6}).view(),
                     Section(SampleType::uint8, 1, {4, 5}).view());
      }),
      "measure: restored is 4 x 6 with 1 channels, clean is 4 x 5 with 1; both must show the same section");
}

}  // namespace
}  // namespace firstframe
