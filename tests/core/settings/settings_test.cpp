#include "core/settings/settings.h"

#include <gtest/gtest.h>

namespace firstframe {
namespace {

TEST(Device, IsFoundByItsName) {
  for (const auto device : {Device::automatic, Device::cpu, Device::cuda})
    EXPECT_EQ(device_named(name_of(device)), device);
  EXPECT_EQ(name_of(Device::automatic), "auto");
  EXPECT_EQ(device_named("gpu"), std::nullopt);
}

TEST(Loss, IsFoundByItsName) {
  for (const auto loss : {Loss::l1, Loss::l2}) EXPECT_EQ(loss_named(name_of(loss)), loss);
  EXPECT_EQ(loss_named("ssim"), std::nullopt);
}

TEST(Precision, IsFoundByItsName) {
  for (const auto precision : {Precision::automatic, Precision::f32, Precision::bf16})
    EXPECT_EQ(precision_named(name_of(precision)), precision);
  EXPECT_EQ(precision_named("f16"), std::nullopt);
}

TEST(Augment, IsFoundByItsName) {
  for (const auto augment : {Augment::automatic, Augment::none, Augment::redegrade, Augment::renoise})
    EXPECT_EQ(augment_named(name_of(augment)), augment);
  EXPECT_EQ(augment_named("mixup"), std::nullopt);
}

TEST(RnnVariant, IsFoundByItsName) {
  for (const auto step : {RnnStep::row, RnnStep::segment, RnnStep::patch})
    EXPECT_EQ(rnn_step_named(name_of(step)), step);
  for (const auto direction : {RnnDirection::down, RnnDirection::up, RnnDirection::both})
    EXPECT_EQ(rnn_direction_named(name_of(direction)), direction);
  for (const auto output : {RnnOutput::patch, RnnOutput::pixel})
    EXPECT_EQ(rnn_output_named(name_of(output)), output);
  EXPECT_EQ(rnn_step_named("column"), std::nullopt);
  EXPECT_EQ(rnn_direction_named("left"), std::nullopt);
  EXPECT_EQ(rnn_output_named("row"), std::nullopt);
}

}  // namespace
}  // namespace firstframe
