#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/restorers/network.h"
#include "core/restorers/weights.h"
#include "core/tiling/patch_plan.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

constexpr std::int64_t kPatch = 6, kLatent = 5, kChannels = 2;

TrainSettings variant(RnnStep step, RnnDirection direction = RnnDirection::down, RnnOutput output = RnnOutput::patch,
                      std::int64_t step_size = 0) {
  TrainSettings settings;
  settings.patch = kPatch;
  settings.rnn = {step, step_size, direction, output, kLatent};
  return settings;
}

std::vector<TrainSettings> all_variants() {
  std::vector<TrainSettings> all;
  for (const auto step : {RnnStep::row, RnnStep::segment, RnnStep::patch})
    for (const auto direction : {RnnDirection::down, RnnDirection::up, RnnDirection::both})
      for (const auto output : {RnnOutput::patch, RnnOutput::pixel})
        for (const std::int64_t size : {2, 3}) all.push_back(variant(step, direction, output, step == RnnStep::row ? 0 : size));
  return all;
}

std::string name_of(const TrainSettings& settings) {
  return std::string(name_of(settings.rnn.step)) + " " + std::string(name_of(settings.rnn.direction)) + " " +
         std::string(name_of(settings.rnn.output)) + " " + std::to_string(settings.rnn.step_size);
}

// Weights large enough for every step to be felt at the end of a scan.
std::shared_ptr<Network> rnn(const Shape& shape) {
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(9);
  auto network = kRnnNetwork.make(shape, kChannels);
  network->initialise(generator);
  const torch::NoGradGuard no_grad;
  for (auto& parameter : network->parameters()) parameter.add_(0.2 * torch::rand(parameter.sizes(), generator));
  return network;
}
std::shared_ptr<Network> rnn(const TrainSettings& settings) { return rnn(kRnnNetwork.default_shape(settings)); }

torch::Tensor some_patches() {
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(4);
  return torch::rand({3, kChannels, kPatch, kPatch}, generator);
}

torch::Tensor restored_by(Network& network, const torch::Tensor& patches) {
  const torch::NoGradGuard no_grad;
  return network.forward(patches);
}

// The recurrence written out for one patch, pixel by pixel: the change of each block, in reading order.
std::vector<torch::Tensor> change_by_hand(const Network& network, const torch::Tensor& patch, Extent block, bool is_up) {
  const torch::NoGradGuard no_grad;
  const auto weights = network.named_parameters();
  const std::string suffix = is_up ? "_up" : "";
  const auto centred = patch - patch.mean();
  std::vector<torch::Tensor> blocks;
  for (std::int64_t row = 0; row < kPatch; row += block.rows)
    for (std::int64_t col = 0; col < kPatch; col += block.cols)
      blocks.push_back(centred.narrow(1, row, block.rows).narrow(2, col, block.cols).flatten());
  if (is_up) std::reverse(blocks.begin(), blocks.end());
  auto state = torch::zeros({kLatent});
  std::vector<torch::Tensor> changes;
  for (const auto& values : blocks) {
    state = torch::relu(weights["weight_in" + suffix].mv(values) + weights["weight_rec" + suffix].mv(state) +
                        weights["bias" + suffix]);
    changes.push_back(weights["weight_out" + suffix].mv(state));
  }
  if (is_up) std::reverse(changes.begin(), changes.end());
  return changes;
}

Extent block_of(const RnnSettings& rnn) {
  if (rnn.step == RnnStep::row) return {1, kPatch};
  return {rnn.step == RnnStep::patch ? rnn.step_size : 1, rnn.step_size};
}

TEST(Rnn, ScansItsTimeStepsAsItsEquationSays) {
  const auto patches = some_patches();
  for (const auto& settings : all_variants()) {
    const auto network = rnn(settings);
    const auto restored = restored_by(*network, patches);
    const auto part = network->restored_part({kPatch, kPatch});
    const auto block = block_of(settings.rnn);
    for (std::int64_t n = 0; n < patches.size(0); ++n) {
      std::vector<torch::Tensor> sum(static_cast<std::size_t>(kPatch / block.rows * (kPatch / block.cols)));
      for (auto& change : sum) change = network->named_parameters()["bias_out"].detach();
      for (const bool is_up : {false, true}) {
        if (settings.rnn.direction == (is_up ? RnnDirection::down : RnnDirection::up)) continue;
        const auto changes = change_by_hand(*network, patches[n], block, is_up);
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = sum[i] + changes[i];
      }
      std::size_t i = 0;
      for (std::int64_t row = 0; row < kPatch; row += block.rows)
        for (std::int64_t col = 0; col < kPatch; col += block.cols, ++i) {
          Region wanted{row, col, block.rows, block.cols};
          if (settings.rnn.output == RnnOutput::pixel) {
            if (part.row < row || part.row >= row + block.rows || part.col < col || part.col >= col + block.cols)
              continue;
            wanted = part;
          }
          const auto cut = [](const torch::Tensor& pixels, Region region) {
            return pixels.narrow(1, region.row, region.rows).narrow(2, region.col, region.cols);
          };
          const auto expected = cut(patches[n], wanted) + sum[i].reshape({kChannels, wanted.rows, wanted.cols});
          const auto found =
              cut(restored[n], {wanted.row - part.row, wanted.col - part.col, wanted.rows, wanted.cols});
          EXPECT_TRUE(torch::allclose(found, expected, 1e-4, 1e-5)) << name_of(settings) << " at " << row << ", " << col;
        }
    }
  }
}

// Whether a change of the patch's pixel is felt at row, col of what is restored (beyond the mean, which all feel).
bool is_felt(Network& network, Corner changed, Corner at) {
  auto patches = some_patches();
  const auto before = restored_by(network, patches);
  auto pixel = patches.select(2, changed.row).select(2, changed.col);
  auto opposite = patches.select(2, changed.row).select(2, kPatch - 1 - changed.col);
  pixel.add_(0.3);
  opposite.sub_(0.3);  // in the same row, so that the mean stays
  const auto difference = (restored_by(network, patches) - before).select(2, at.row).select(2, at.col).abs();
  return difference.max().item<double>() > 1e-5;
}

TEST(Rnn, KnowsWhatWasScannedBeforeAndWithBothDirectionsAllOfThePatch) {
  const Corner top{0, 1}, bottom{kPatch - 1, 1};
  const auto down = rnn(variant(RnnStep::row)), up = rnn(variant(RnnStep::row, RnnDirection::up)),
             both = rnn(variant(RnnStep::row, RnnDirection::both));
  EXPECT_TRUE(is_felt(*down, top, bottom));
  EXPECT_FALSE(is_felt(*down, bottom, top));
  EXPECT_FALSE(is_felt(*up, top, bottom));
  EXPECT_TRUE(is_felt(*up, bottom, top));
  EXPECT_TRUE(is_felt(*both, top, bottom));
  EXPECT_TRUE(is_felt(*both, bottom, top));
}

TEST(Rnn, MakesThePixelOfTheStepThatHasSeenThePatch) {
  const auto part = [](RnnDirection direction, RnnStep step = RnnStep::row) {
    return rnn(variant(step, direction, RnnOutput::pixel, step == RnnStep::row ? 0 : 2))->restored_part({kPatch, kPatch});
  };
  EXPECT_EQ(part(RnnDirection::down), (Region{5, 3, 1, 1}));
  EXPECT_EQ(part(RnnDirection::up), (Region{0, 3, 1, 1}));
  EXPECT_EQ(part(RnnDirection::both), (Region{3, 3, 1, 1}));
  EXPECT_EQ(part(RnnDirection::down, RnnStep::segment), (Region{5, 5, 1, 1}));
  EXPECT_EQ(part(RnnDirection::up, RnnStep::segment), (Region{0, 1, 1, 1}));
  EXPECT_EQ(part(RnnDirection::both, RnnStep::patch), (Region{3, 3, 1, 1}));
}

TEST(Rnn, ReachesAsFarAsItsPatchDoesFromThePixel) {
  EXPECT_EQ(rnn(variant(RnnStep::row))->halo(), 5);
  EXPECT_EQ(rnn(variant(RnnStep::row, RnnDirection::down, RnnOutput::pixel))->halo(), 5);
  EXPECT_EQ(rnn(variant(RnnStep::row, RnnDirection::both, RnnOutput::pixel))->halo(), 3);
}

TEST(Rnn, OfAModelThatKnowsNoVariantsScansRowsDownAndGivesPatches) {
  const auto now = rnn(variant(RnnStep::row));
  const auto old = kRnnNetwork.make({{"patch", kPatch}, {"latent", kLatent}}, kChannels);
  load_weights(*old, weights_of(*now));
  EXPECT_TRUE(torch::equal(restored_by(*old, some_patches()), restored_by(*now, some_patches())));
}

TEST(Rnn, TakesTheLargestProperDivisorOfThePatchAsItsStep) {
  auto settings = variant(RnnStep::segment);
  settings.patch = 15;
  EXPECT_EQ(kRnnNetwork.default_shape(settings).at("step_cols"), 5);
  settings.patch = 16;
  EXPECT_EQ(kRnnNetwork.default_shape(settings).at("step_cols"), 8);
  settings.patch = 7;
  EXPECT_EQ(kRnnNetwork.default_shape(settings).at("step_cols"), 1);
}

TEST(Rnn, RefusesStepsThatDoNotFillThePatch) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              kRnnNetwork.default_shape(variant(RnnStep::segment, RnnDirection::down, RnnOutput::patch, 4));
            }),
            "rnn-step-size: 4 does not divide the patch of 6 pixels; use 1, 2, 3, 6");
  EXPECT_EQ(message_of<FormatError>([] { rnn(Shape{{"patch", 6}, {"latent", 5}, {"step_cols", 4}}); }),
            "model: time steps of 1 x 4 pixels do not fill a patch of 6");
  EXPECT_EQ(message_of<FormatError>([] { rnn(Shape{{"patch", 6}, {"latent", 5}, {"down", 0}}); }),
            "model: it scans neither down nor up");
}

TEST(Rnn, RefusesADiscriminatorOfOnePixel) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              kRnnGanNetwork.default_shape(variant(RnnStep::row, RnnDirection::down, RnnOutput::pixel));
            }),
            "rnn-output: pixel leaves rnn-gan's discriminator one pixel to judge; use patch, or restorer rnn");
}

}  // namespace
}  // namespace firstframe
