#include "core/metrics/residual.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/support/sections.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

TEST(Residual, ShowsWhatWasRemovedAroundTheMiddleOf8Bits) {
  Section degraded(SampleType::uint8, 1, {1, 4}), restored(SampleType::uint8, 1, {1, 4});
  const std::uint8_t before[] = {100, 100, 255, 0}, after[] = {90, 130, 0, 255};
  std::copy_n(before, 4, degraded.samples<std::uint8_t>());
  std::copy_n(after, 4, restored.samples<std::uint8_t>());
  const auto residual = residual_of(degraded.view(), restored.view());
  const std::uint8_t expected[] = {138, 98, 255, 0};  // the last two are clamped
  for (int i = 0; i < 4; ++i) EXPECT_EQ(residual.samples<std::uint8_t>()[i], expected[i]);
}

TEST(Residual, OfFloatsIsThePlainDifference) {
  auto degraded = scramble(SampleType::float32, 2, {3, 4}, 1),
       restored = scramble(SampleType::float32, 2, {3, 4}, 2);
  degraded.set_range({-2, 3});
  restored.set_range({-2, 3});
  const auto residual = residual_of(degraded.view(), restored.view());
  for (int i = 0; i < 24; ++i)
    EXPECT_NEAR(residual.samples<float>()[i], degraded.samples<float>()[i] - restored.samples<float>()[i],
                1e-6);
}

TEST(Residual, OfAnUntouchedSectionIsFlat) {
  auto degraded = ramp(SampleType::uint16, 1, {8, 8});
  degraded.set_range({0, 4095});
  const auto residual = residual_of(degraded.view(), degraded.view());
  EXPECT_EQ(residual.range(), degraded.range());
  for (int i = 0; i < 64; ++i) EXPECT_NEAR(residual.samples<std::uint16_t>()[i], 4095 * 128.0 / 255, 1);
}

TEST(Residual, RefusesDifferentSections) {
  const Section a(SampleType::uint8, 1, {2, 3}), b(SampleType::uint8, 3, {2, 3});
  EXPECT_EQ(message_of<FormatError>([&] { residual_of(a.view(), b.view()); }),
            "residual: degraded is 2 x 3 with 1 channels, restored is 2 x 3 with 3; both must show the same "
            "section");
}

}  // namespace
}  // namespace firstframe
