#include "core/metrics/matched_psnr.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/degradation/degrade.h"
#include "core/metrics/psnr.h"
#include "tests/core/metrics/formula_picture.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

Section changed(const Section& from, float gain, float offset) {
  Section result(SampleType::float32, 1, from.extent());
  const auto values = converted(from.view(), SampleType::float32);
  for (std::int64_t i = 0; i < from.extent().area(); ++i)
    result.samples<float>()[i] = gain * values.samples<float>()[i] + offset;
  return result;
}

TEST(MatchedPsnr, IsInfiniteForAGainAndAnOffset) {
  const auto clean = converted(formula_picture(1, false).view(), SampleType::float32);
  EXPECT_TRUE(std::isinf(matched_psnr(changed(clean, 0.5f, 0.25f).view(), clean.view())));
}

TEST(MatchedPsnr, DoesNotChangeWithTheRestoredBrightnessAndContrast) {
  const auto clean = formula_picture(1, false), restored = formula_picture(1, true);
  const double as_it_is = matched_psnr(restored.view(), clean.view());
  EXPECT_NEAR(matched_psnr(changed(restored, 0.3f, 0.4f).view(), clean.view()), as_it_is, 1e-3);
  EXPECT_GE(as_it_is, psnr(restored.view(), clean.view()));
}

// By hand: the slope of 0, 1, 1, 2 over 0, 1, 2, 3 is 0.6 and misses it by 0.1, -0.3, 0.3, -0.1.
TEST(MatchedPsnr, IsThePsnrOfTheFittedLine) {
  Section restored(SampleType::float32, 1, {2, 2}), clean(SampleType::float32, 1, {2, 2});
  const float x[] = {0, 1, 2, 3}, y[] = {0, 1, 1, 2};
  std::copy_n(x, 4, restored.samples<float>());
  std::copy_n(y, 4, clean.samples<float>());
  EXPECT_NEAR(matched_psnr(restored.view(), clean.view()), -10 * std::log10(0.05), 1e-6);
}

TEST(MatchedPsnr, OfAConstantIsThatOfTheMean) {
  Section clean(SampleType::float32, 1, {1, 2}), constant(SampleType::float32, 1, {1, 2});
  clean.samples<float>()[1] = 0.2f;
  EXPECT_NEAR(matched_psnr(constant.view(), clean.view()), 20, 1e-5);
}

TEST(MatchedPsnr, RefusesDifferentSections) {
  const Section one(SampleType::uint8, 1, {4, 5}), three(SampleType::uint8, 3, {4, 6});
  EXPECT_EQ(message_of<FormatError>([&] { matched_psnr(three.view(), one.view()); }),
            "measure: restored is 4 x 6 with 3 channels, clean is 4 x 5 with 1; both must show the same section");
}

}  // namespace
}  // namespace firstframe
