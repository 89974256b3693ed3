#include "core/registration/measure_motion.h"

#include <gtest/gtest.h>

#include "tests/core/support/camera.h"

namespace firstframe {
namespace {

torch::Tensor plane_of(const Section& section) {
  return torch::from_blob(const_cast<float*>(section.samples<float>()),
                          {section.extent().rows, section.extent().cols})
      .clone();
}

// Layers: nothing tells how far they moved sideways.
torch::Tensor layers(unsigned seed) {
  torch::manual_seed(seed);
  const auto rows = torch::arange(96).to(torch::kFloat32).view({96, 1});
  return 0.5 + 0.3 * torch::sin(rows / 5) + 0.1 * torch::randn({96, 128});
}

TEST(MotionBetween, IsTheShift) {
  Camera camera(5);
  const auto motion = motion_between(plane_of(camera.shoot()), plane_of(camera.shoot(2.5, -7.25)));
  EXPECT_NEAR(motion.down, 2.5, 0.1);
  EXPECT_NEAR(motion.across, -7.25, 0.1);
}

TEST(MotionBetween, IsNoneForStillFrames) {
  Camera camera(25);
  const auto first = plane_of(camera.shoot());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(motion_between(first, plane_of(camera.shoot())), RepeatMotion{}) << i;
}

TEST(MotionBetween, SeesLayersMoveDownButNotAlongThemselves) {
  const auto motion = motion_between(layers(1), torch::roll(layers(2), {2, 9}, {0, 1}));
  EXPECT_NEAR(motion.down, 2, 0.15);
  EXPECT_NEAR(motion.across, 0, 0.5);
}

TEST(MovedBack, UndoesTheMotion) {
  Camera camera(0);
  const auto back = moved_back(plane_of(camera.see(1.5, -2.25)), RepeatMotion{1.5, -2.25});
  const auto rest = (back - plane_of(camera.see())).slice(0, 4, -4).slice(1, 4, -4);
  EXPECT_LT(rest.square().mean().item<double>(), 4e-4);
}

}  // namespace
}  // namespace firstframe
