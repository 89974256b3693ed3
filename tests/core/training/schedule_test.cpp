#include "core/training/schedule.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(Schedule, WarmsUpInEqualSteps) {
  const Schedule schedule(1, 1000);
  EXPECT_DOUBLE_EQ(schedule.rate(0), 1.0 / Schedule::kFreeSteps);
  EXPECT_DOUBLE_EQ(schedule.rate(Schedule::kFreeSteps / 2 - 1), 0.5);
  EXPECT_DOUBLE_EQ(schedule.rate(Schedule::kFreeSteps - 1), 1);
}

TEST(Schedule, FallsFromThePeakToOnePercent) {
  const Schedule schedule(2, 1000);
  EXPECT_DOUBLE_EQ(schedule.rate(Schedule::kFreeSteps), 2);
  for (std::int64_t step = Schedule::kFreeSteps + 1; step < 1000; ++step)
    EXPECT_LT(schedule.rate(step), schedule.rate(step - 1)) << step;
  EXPECT_NEAR(schedule.rate(520), 2 * 0.505, 1e-12);  // half way
  EXPECT_NEAR(schedule.rate(1000), 0.02, 1e-12);
  EXPECT_NEAR(schedule.rate(5000), 0.02, 1e-12);
}

TEST(Schedule, DoesNotDependOnThePlanDuringTheFreeSteps) {
  const Schedule unknown(1e-3, 0), known(1e-3, 7000);
  for (std::int64_t step = 0; step < Schedule::kFreeSteps; ++step)
    EXPECT_EQ(unknown.rate(step), known.rate(step));
}

TEST(Schedule, StaysAtThePeakAfterTheFreeStepsWhenNoMoreArePlanned) {
  EXPECT_DOUBLE_EQ(Schedule(3, Schedule::kFreeSteps).rate(Schedule::kFreeSteps), 3);
  EXPECT_DOUBLE_EQ(Schedule(3, 10).rate(1000), 3);
}

TEST(PlanSteps, AddsWhatTheTimeLeftAllows) {
  EXPECT_EQ(plan_steps(40, 0.25, 10), 80);
  EXPECT_EQ(plan_steps(40, 0.3, 1), 43);
}

TEST(PlanSteps, AddsNothingWhenTheTimeIsOver) {
  EXPECT_EQ(plan_steps(40, 0.25, -3), 40);
  EXPECT_EQ(plan_steps(40, 0, 10), 40);  // a clock too coarse to tell the speed
}

TEST(PlanSteps, PlansTheFreeStepsAtLeast) { EXPECT_EQ(plan_steps(5, 1, 2), Schedule::kFreeSteps); }

}  // namespace
}  // namespace firstframe
