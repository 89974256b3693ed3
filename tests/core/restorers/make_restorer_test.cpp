#include <gtest/gtest.h>

#include <limits>

#include "core/base/error.h"
#include "core/base/machine.h"
#include "core/restorers/restorer.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/trained.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// A linear model, small enough to be spoilt by hand.
Model spoilt(void (*spoil)(Model&)) {
  auto model = trained("linear")->model();
  spoil(model);
  return model;
}

std::string refusal(void (*spoil)(Model&)) {
  return message_of<FormatError>([&] { make_restorer(spoilt(spoil)); });
}

TEST(MakeRestorer, RestoresTheSameBytesAsTheRestorerTheModelCameFrom) {
  for (const std::string kind : kRestorers)
    for (const std::int64_t channels : {1, 3}) {
      const auto restorer = trained(kind, channels);
      const auto again = make_restorer(restorer->model());
      const auto degraded = scramble(SampleType::uint16, channels, {45, 31});
      EXPECT_TRUE(same_bytes(restore(*again, degraded.view()), restore(*restorer, degraded.view()))) << kind;
      EXPECT_TRUE(same_weights(again->model(), restorer->model())) << kind;
      EXPECT_EQ(again->info().pair_hash, restorer->info().pair_hash);
    }
}

TEST(MakeRestorer, CaresForTheNamesOfWeightsAndNotForTheirOrder) {
  auto model = trained("residual")->model();
  const auto degraded = scramble(SampleType::uint8, 1, {20, 20});
  const auto expected = restore(*make_restorer(model), degraded.view());
  std::swap(model.weights.front(), model.weights.back());
  EXPECT_TRUE(same_bytes(restore(*make_restorer(model), degraded.view()), expected));
}

TEST(MakeRestorer, RefusesTooFewOrTooManyWeights) {
  EXPECT_EQ(refusal([](Model& model) { model.weights.pop_back(); }),
            "model: 1 weights found, this restorer has 2");
  EXPECT_EQ(refusal([](Model& model) {
              model.weights.push_back({"more", {1}, {0}});
            }),
            "model: 3 weights found, this restorer has 2");
}

TEST(MakeRestorer, NamesTheWeightThatIsMissing) {
  EXPECT_EQ(refusal([](Model& model) { model.weights[1].name = "filter.bios"; }),
            "model: weight 'filter.bias' is missing");
}

TEST(MakeRestorer, NamesTheWeightOfAnotherShape) {
  EXPECT_EQ(refusal([](Model& model) { model.weights[1].shape = {2}; }),
            "model: weight 'filter.bias' is 2, this restorer needs 1");
  EXPECT_EQ(refusal([](Model& model) {
              model.weights[0].shape = {1, 1, 15, 14};
            }),
            "model: weight 'filter.weight' is 1 x 1 x 15 x 14, this restorer needs 1 x 1 x 15 x 15");
}

TEST(MakeRestorer, RefusesFewerValuesThanTheShapePromises) {
  EXPECT_NE(refusal([](Model& model) { model.weights[0].values.pop_back(); }), "");
}

TEST(MakeRestorer, NamesTheWeightThatIsNotFinite) {
  EXPECT_EQ(
      refusal([](Model& model) { model.weights[0].values[7] = std::numeric_limits<float>::quiet_NaN(); }),
      "model: weight 'filter.weight' holds NaN or infinite values; train again");
  EXPECT_EQ(
      refusal([](Model& model) { model.weights[1].values[0] = std::numeric_limits<float>::infinity(); }),
      "model: weight 'filter.bias' holds NaN or infinite values; train again");
}

TEST(MakeRestorer, RefusesAKindItDoesNotKnow) {
  EXPECT_EQ(refusal([](Model& model) { model.info.restorer = "transformer"; }),
            "model: restorer 'transformer' does not exist; use one of residual, unet, unet-gan, rnn, rnn-gan, linear, dncnn");
}

TEST(MakeRestorer, RefusesAShapeWithoutASizeOrWithAMadOne) {
  EXPECT_EQ(refusal([](Model& model) { model.info.shape.clear(); }), "model: its shape lacks 'size'");
  EXPECT_EQ(refusal([](Model& model) { model.info.shape["size"] = 1'000'000; }),
            "model: size 1000000 is not accepted; use 1..63");
}

TEST(MakeRestorer, RefusesChannelsAndNormalisationsItDoesNotKnow) {
  EXPECT_EQ(refusal([](Model& model) { model.info.channels = 0; }),
            "model: 0 channels are not accepted; use 1..64");
  EXPECT_EQ(refusal([](Model& model) { model.info.normalisation = "z-score"; }),
            "model: normalisation 'z-score' is unknown to this version; it knows range");
}

TEST(MakeRestorer, RefusesNeighboursThatCannotBe) {
  EXPECT_EQ(refusal([](Model& model) { model.info.neighbours = 65; }), "model: 65 neighbours are not accepted; use 0..64");
}

TEST(MakeRestorer, RefusesScalesAndPhasesThatDoNotExist) {
  EXPECT_EQ(refusal([](Model& model) { model.info.scale = 5; }),
            "model: scale 5 with phases 0, 0 is not accepted; use a scale of 1..4 and phases below it");
  EXPECT_EQ(refusal([](Model& model) {
              model.info.scale = 2;
              model.info.col_phase = 1.5;
            }),
            "model: scale 2 with phases 0, 1.5 is not accepted; use a scale of 1..4 and phases below it");
  EXPECT_NE(refusal([](Model& model) { model.info.row_phase = std::numeric_limits<double>::quiet_NaN(); }), "");
}

TEST(MakeRestorer, RefusesAGpuThatIsNotThere) {
  if (!inspect_machine().gpus.empty()) GTEST_SKIP() << "this machine has a GPU";
  EXPECT_EQ(
      message_of<DeviceError>([] { make_restorer(trained("linear")->model(), Device::cuda); }),
      "device: cuda was asked for, but LibTorch sees no CUDA GPU; use device cpu or auto, or build against a "
      "LibTorch with CUDA");
}

}  // namespace
}  // namespace firstframe
