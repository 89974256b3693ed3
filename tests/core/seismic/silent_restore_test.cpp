#include "core/seismic/silent_restore.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "tests/core/seismic/events.h"

namespace firstframe {
namespace {

Section within(const Traces& traces, double full) {
  auto section = section_of(traces);
  section.set_range({-full, full});
  return section;
}

// Trained on events and noise, few steps.
std::shared_ptr<const Restorer> trained(const std::string& name) {
  Traces clean({64, 48});
  for (int layer = 0; layer < 5; ++layer) add_event(clean, 8 + 12 * layer, 0.1 * layer - 0.2, layer % 2 ? -1 : 1);
  TrainSettings settings;
  settings.restorer = name;
  settings.steps = 5;
  settings.augment = Augment::none;
  settings.width = name == "residual" ? 8 : 0;
  settings.depth = name == "residual" ? 4 : 0;
  return train({within(sum_of(clean, white_noise(clean.extent, 1), 0.3), 2), within(clean, 2), 0, 0, /*is_seismic=*/true}, settings);
}

TEST(SilentRestore, KeepsSilenceSilentAndTakesTheSameFromEverything) {
  for (const std::string name : {"linear", "residual"}) {
    const auto restorer = trained(name);
    const auto silence = within(Traces({40, 30}), 2), events = within(white_noise({40, 30}, 2), 2);
    const auto plain = traces_of(restore(*restorer, silence.view()).view());
    EXPECT_GT(rms_of(plain), 0) << name;
    SilentRestore silent;
    EXPECT_EQ(rms_of(traces_of(silent.run(*restorer, silence, 0).view())), 0) << name;
    const auto difference = difference_of(traces_of(restore(*restorer, events.view()).view()), traces_of(silent.run(*restorer, events, 0).view()));
    EXPECT_LT(rms_of(difference_of(difference, plain)), 1e-6) << name;
  }
}

TEST(SilentRestore, FollowsTheExtentTheTypeAndTheRange) {
  const auto restorer = trained("linear");
  SilentRestore silent;
  EXPECT_EQ(rms_of(traces_of(silent.run(*restorer, within(Traces({40, 30}), 2), 0).view())), 0);
  EXPECT_EQ(rms_of(traces_of(silent.run(*restorer, within(Traces({30, 44}), 2), 0).view())), 0);
  EXPECT_EQ(rms_of(traces_of(silent.run(*restorer, within(Traces({30, 44}), 50), 0).view())), 0);
  Section integers(SampleType::uint16, 1, {30, 44});
  std::fill_n(integers.samples<std::uint16_t>(), 30 * 44, std::uint16_t{32768});
  integers.set_range({32768 - 20000, 32768 + 20000});
  EXPECT_EQ(rms_of(traces_of(silent.run(*restorer, integers, 32768).view(), 32768)), 0);
}

}  // namespace
}  // namespace firstframe
