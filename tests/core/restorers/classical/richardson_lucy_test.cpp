#include <numeric>

#include "tests/core/restorers/classical/blurred.h"

namespace firstframe {
namespace {

TEST(RichardsonLucy, WinsOnAScene) {
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    EXPECT_GT(Blurred(border).gain(working("richardson-lucy", border)), 2.5) << name_of(border);
}

TEST(RichardsonLucy, NeverGoesBelowBlack) {
  Blurred dark;
  for (std::int64_t i = 0; i < dark.clean.extent().area(); ++i) dark.degraded.samples<float>()[i] -= 0.4f;
  const auto restored = restore(*make_classical(working("richardson-lucy")), dark.degraded.view());
  for (const float value : values_of(restored)) ASSERT_GE(value, 0);
}

TEST(RichardsonLucy, KeepsTheSumOfLight) {
  const Blurred scene(Border::circular);
  const auto sum = [](const Section& section) {
    const auto values = values_of(section);
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  const auto restored =
      restore(*make_classical(working("richardson-lucy", Border::circular)), scene.degraded.view());
  EXPECT_NEAR(sum(restored) / sum(scene.degraded), 1, 1e-4);
}

}  // namespace
}  // namespace firstframe
