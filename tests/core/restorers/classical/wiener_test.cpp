#include "tests/core/restorers/classical/blurred.h"

namespace firstframe {
namespace {

TEST(Wiener, WinsOnAScene) {
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    EXPECT_GT(Blurred(border).gain(working("wiener", border)), 2.5) << name_of(border);
}

TEST(Wiener, GivesASharpSectionWithoutNoiseBack) {
  const auto sharp = scene({50, 61}, SampleType::float32);
  auto settings = working("wiener");
  settings.kernel = Kernel{};
  settings.noise_sigma = 0.01;
  EXPECT_LT(largest_difference(restore(*make_classical(settings), sharp.view()), sharp), 1e-4);
}

TEST(Wiener, SmoothsWhereThereIsNoBlurButNoise) {
  Blurred scene;
  scene.degraded = degrade(scene.clean.view(), {.noise_sigma = 20});
  auto settings = working("wiener");
  settings.kernel = Kernel{};
  settings.noise_sigma = 20;
  EXPECT_GT(scene.gain(settings), 4);
}

// A kernel with one tap, one pixel to the right of its middle, moves a section to the left.
TEST(Wiener, TurnsAKernelTheRightWay) {
  const Extent extent{40, 50};
  const auto clean = scene(extent, SampleType::float32);
  Section moved(SampleType::float32, 1, extent);
  for (std::int64_t r = 0; r < extent.rows; ++r)
    for (std::int64_t c = 0; c < extent.cols; ++c)
      moved.samples<float>()[r * extent.cols + c] =
          clean.samples<float>()[r * extent.cols + (c + 1) % extent.cols];
  auto settings = working("wiener", Border::circular);
  settings.kernel = Kernel{3, {0, 0, 0, 0, 0, 1, 0, 0, 0}};
  settings.noise_sigma = 0.01;
  EXPECT_LT(largest_difference(restore(*make_classical(settings), moved.view()), clean), 1e-4);
}

}  // namespace
}  // namespace firstframe
