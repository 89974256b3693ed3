// Whole sections on a device against tiles, both by LibTorch: the class that a GPU uses, here on the CPU.

#include "core/restorers/on_device/device_restorer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <array>
#include <atomic>
#include <limits>
#include <thread>

#include "core/base/error.h"
#include "core/tiling/restore_tiled.h"
#include "core/tiling/restore_window.h"
#include "tests/core/support/networks.h"
#include "tests/core/support/sections.h"
#include "tests/core/support/splits.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using Runner = NetworkRestorer::Runner;
using testing::HasSubstr;

// Float32 sums in another order; half a unit of a 16-bit sample is 8e-6.
constexpr double kRounding = 2e-5;

std::shared_ptr<const NetworkRestorer> restorer_of(const NetworkCase& one, Runner runner, Border border = Border::reflect) {
  return network_restorer(one, torch::kFloat32, runner, border);
}

const NetworkCase kResidual{"residual", {{"width", 8}, {"blocks", 1}, {"unshuffle", 2}}};
const NetworkCase kRnn{"rnn",
                       {{"patch", 8}, {"latent", 12}, {"step_rows", 1}, {"step_cols", 8}, {"down", 1}, {"up", 0}, {"pixel", 0}}};

// A restorer on the CPU whose device can be made to fail and to record.
class OnDevice : public Restorer {
 public:
  explicit OnDevice(const NetworkCase& one, DeviceRestorer::Hooks hooks = {})
      : inner_(restorer_of(one, Runner::libtorch)),
        device_(
            *this, torch::kCPU,
            [this](const torch::Tensor& degraded, const TileShape& piece, const RestoreSettings& settings) {
              return inner_->restore_piece(degraded, piece, settings);
            },
            std::move(hooks)) {}

  const ModelInfo& info() const override { return inner_->info(); }
  Model model() const override { return inner_->model(); }
  TileNeeds tile_needs(const RestoreSettings& settings) const override { return inner_->tile_needs(settings); }
  void restore_tile(const TileShape&, std::span<const float>, std::span<float>, const RestoreSettings&) const override {
    ADD_FAILURE() << "a tile was restored";
  }
  const SectionRestorer* whole_sections() const override { return &device_; }
  const DeviceRestorer& device() const { return device_; }

 private:
  std::shared_ptr<const NetworkRestorer> inner_;
  DeviceRestorer device_;
};

TEST(DeviceRestorer, GivesThePictureOfTheTilesWithEveryNetwork) {
  for (const auto& one : network_cases())
    for (const auto ensemble : ensembles_of(one)) {
      RestoreSettings settings;
      settings.ensemble = ensemble;
      const auto degraded = scramble(SampleType::float32, one.channels, {37, 51});
      const auto expected = restore(*restorer_of(one, Runner::libtorch), degraded.view(), settings);
      EXPECT_GT(largest_difference(expected, degraded), 0.02) << name_of(one);
      EXPECT_LT(largest_difference(restore(*restorer_of(one, Runner::libtorch_whole), degraded.view(), settings), expected), kRounding)
          << name_of(one) << ", ensemble " << ensemble;
    }
}

// A GPU's own choice.
TEST(DeviceRestorer, ComputesInBf16AsTilesDo) {
  const auto degraded = scramble(SampleType::float32, 1, {37, 51});
  for (const auto& one : {kResidual, kRnn}) {
    const auto exact = restore(*restorer_of(one, Runner::libtorch), degraded.view());
    const auto of_tiles = restore(*network_restorer(one, torch::kBFloat16, Runner::libtorch), degraded.view());
    const auto whole = restore(*network_restorer(one, torch::kBFloat16, Runner::libtorch_whole), degraded.view());
    EXPECT_GT(largest_difference(whole, exact), kRounding) << one.restorer << ": was it bf16?";
    EXPECT_LT(largest_difference(whole, exact), 1.5 * largest_difference(of_tiles, exact)) << one.restorer;
  }
}

TEST(DeviceRestorer, AveragesPatchesOfEveryOverlapUnderEveryWindow) {
  const auto degraded = scramble(SampleType::float32, 1, {29, 43});
  for (const std::int64_t stride : {1, 3, 4, 7, 8})
    for (const auto window : {Window::constant, Window::hann, Window::gaussian}) {
      RestoreSettings settings;
      settings.stride = stride;
      settings.window = window;
      EXPECT_LT(largest_difference(restore(*restorer_of(kRnn, Runner::libtorch_whole), degraded.view(), settings),
                                   restore(*restorer_of(kRnn, Runner::libtorch), degraded.view(), settings)),
                kRounding)
          << "stride " << stride << ", window " << name_of(window);
    }
}

TEST(DeviceRestorer, GoesOnBeyondTheEdgeAsTilesDoInSectionsOfAnySize) {
  for (const auto border : {Border::reflect, Border::circular, Border::replicate})
    for (const auto& one : {kResidual, kRnn})
      for (const Extent extent : {Extent{1, 1}, {1, 40}, {33, 1}, {2, 3}, {5, 7}, {9, 64}, {64, 65}}) {
        const auto degraded = scramble(SampleType::float32, 1, extent);
        EXPECT_LT(largest_difference(restore(*restorer_of(one, Runner::libtorch_whole, border), degraded.view()),
                                     restore(*restorer_of(one, Runner::libtorch, border), degraded.view())),
                  kRounding)
            << name_of(border) << ", " << name_of(extent) << ", " << one.restorer;
      }
}

// The same values but for those that lie half-way between two samples, which rounding moves to either.
TEST(DeviceRestorer, KeepsEveryDepthAndValueRange) {
  for (const auto type : {SampleType::uint8, SampleType::uint16, SampleType::float32}) {
    auto degraded = scramble(type, 1, {40, 57});
    const auto sample = 1.0 / full_range(type).span();
    const auto most = type == SampleType::float32 ? kRounding : 1.001 * sample;
    EXPECT_LT(largest_difference(restore(*restorer_of(kResidual, Runner::libtorch_whole), degraded.view()),
                                 restore(*restorer_of(kResidual, Runner::libtorch), degraded.view())),
              most)
        << name_of(type);
    degraded.set_range({0.1 * full_range(type).high, 0.6 * full_range(type).high});
    const auto narrow = restore(*restorer_of(kResidual, Runner::libtorch_whole), degraded.view());
    EXPECT_EQ(narrow.range(), degraded.range());
    EXPECT_LT(largest_difference(narrow, restore(*restorer_of(kResidual, Runner::libtorch), degraded.view())), 3 * most)
        << name_of(type);
  }
}

TEST(DeviceRestorer, ReadsAndWritesRowsWithPaddingAndInterleavedChannels) {
  const NetworkCase colour{"dncnn", {{"width", 9}, {"depth", 2}}, 3};
  const Extent extent{300, 501};  // more than one task of copying
  const auto planar = scramble(SampleType::uint8, 3, extent);
  const auto layout = interleaved_layout(SampleType::uint8, 3, extent, /*row_stride=*/1504);
  std::vector<std::byte> degraded(static_cast<std::size_t>(1504 * extent.rows)), restored(degraded.size(), std::byte{42});
  copy_pixels(planar.view(), {degraded.data(), layout});

  const auto restorer = restorer_of(colour, Runner::libtorch_whole);
  RestoreSettings settings;
  settings.threads = 2;
  restore_tiled(*restorer, SectionView{degraded.data(), layout}, whole(planar), SectionSpan{restored.data(), layout}, settings);
  EXPECT_TRUE(same_bytes(Section(SectionView{restored.data(), layout}), restore(*restorer, planar.view())));
  EXPECT_EQ(restored[1503], std::byte{42}) << "the padding was written";
}

TEST(DeviceRestorer, ServesRequestsThatBeginAnywhereFromWindowsThatHoldJustEnough) {
  const Extent extent{190, 240};
  const auto degraded = scramble(SampleType::float32, 1, extent);
  for (const auto& one : {kResidual, kRnn}) {
    const auto restorer = restorer_of(one, Runner::libtorch_whole);
    const auto at_once = restore(*restorer, degraded.view());
    EXPECT_LT(largest_difference(restored_in_parts(*restorer, degraded, uneven_quarters(extent), {}), at_once), kRounding);

    Section restored(SampleType::float32, 1, extent);
    for (const auto& part : stripes(extent, 41)) {
      const auto region = degraded_region(*restorer, extent, part, {});
      const Section held(degraded.view().crop(region));
      restore_window(*restorer, {held.view(), region.row, region.col, extent}, part, restored.span().crop(part), {});
    }
    EXPECT_LT(largest_difference(restored, at_once), kRounding);
  }
}

TEST(DeviceRestorer, RestoresSomeTilesAndLeavesTheRest) {
  const Extent extent{100, 130};
  const auto restorer = restorer_of(kResidual, Runner::libtorch_whole);
  const auto degraded = scramble(SampleType::uint16, 1, extent);
  const auto plan = tiles_of(*restorer, extent, {}, /*side=*/32);
  const auto tiles = plan.tiles_over({0, 0, extent.rows, extent.cols});
  Section restored(SampleType::uint16, 1, extent);
  const std::vector<Region> some{tiles.front(), tiles.back()};
  restore_tiles(*restorer, degraded.view(), plan, some, restored.span(), {});
  const auto all = restore(*restorer, degraded.view());
  for (const auto& tile : some) {
    const auto part = intersection(tile, whole(degraded));
    EXPECT_LT(largest_difference(Section(restored.view().crop(part)), Section(all.view().crop(part))), kRounding);
  }
  EXPECT_EQ(restored.samples<std::uint16_t>()[50 * extent.cols + 60], 0);
}

TEST(DeviceRestorer, GivesTheSameBytesForAnyNumberOfThreadsAndFramesInFlight) {
  const OnDevice restorer(kRnn);
  const auto degraded = scramble(SampleType::uint16, 1, {150, 170});
  const auto expected = restore(restorer, degraded.view());
  std::vector<std::thread> threads;
  std::array<bool, 4> is_same{};
  for (std::size_t i = 0; i < is_same.size(); ++i)
    threads.emplace_back([&, i] {
      RestoreSettings settings;
      settings.threads = static_cast<int>(i % 3 + 1);
      is_same[i] = true;
      for (int frame = 0; frame < 3; ++frame) is_same[i] &= same_bytes(restore(restorer, degraded.view(), settings), expected);
    });
  for (auto& thread : threads) thread.join();
  for (const auto same : is_same) EXPECT_TRUE(same);
}

// ---- memory ----

[[noreturn]] void run_out() { TORCH_CHECK_WITH(OutOfMemoryError, false, "CUDA out of memory. Tried to allocate 9.00 GiB"); }

TEST(DeviceRestorer, TakesSmallerPiecesWhenMemoryRunsOutAndRemembers) {
  int failed = 0;
  std::atomic<int> pieces = 0;
  const OnDevice restorer(kRnn, {[&](Extent piece) {
                                   if (piece.area() > 70 * 70) ++failed, run_out();
                                   ++pieces;
                                 },
                                 {}});
  const auto degraded = scramble(SampleType::float32, 1, {130, 200});
  RestoreSettings settings;
  settings.threads = 1;
  const auto expected = restore(*restorer_of(kRnn, Runner::libtorch), degraded.view(), settings);
  EXPECT_LT(largest_difference(restore(restorer, degraded.view(), settings), expected), kRounding);
  EXPECT_GT(failed, 0);
  EXPECT_GT(pieces, 4);
  EXPECT_EQ(restorer.device().side(), 64);

  const int failed_before = failed;
  settings.threads = 3;  // the pieces of one frame, two at a time
  EXPECT_LT(largest_difference(restore(restorer, degraded.view(), settings), expected), kRounding);
  EXPECT_EQ(failed, failed_before);
}

TEST(DeviceRestorer, SaysSoWhenMemoryRunsOutEvenForSmallPieces) {
  const OnDevice restorer(kResidual, {[](Extent) { run_out(); }, {}});
  const auto degraded = scramble(SampleType::uint8, 1, {300, 300});
  const auto message = message_of<DeviceError>([&] { restore(restorer, degraded.view()); });
  EXPECT_THAT(message, HasSubstr("the device's memory does not hold this network for 50 x 50 pixels"));
  EXPECT_THAT(message, HasSubstr("CUDA out of memory. Tried to allocate 9.00 GiB"));
  EXPECT_THAT(message, HasSubstr("or use device cpu"));
}

TEST(DeviceRestorer, KnowsMemoryThatRanOutBelowLibTorchByItsWords) {
  const auto run_out_below = [](Extent piece) { TORCH_CHECK(piece.rows < 200, "cuDNN error: CUDNN_STATUS_ALLOC_FAILED"); };
  const OnDevice restorer(kResidual, {run_out_below, {}});
  restore(restorer, scramble(SampleType::uint8, 1, {200, 100}).view());
  EXPECT_EQ(restorer.device().side(), 100);
}

TEST(DeviceRestorer, TellsOfOtherFailuresInOneLine) {
  const OnDevice restorer(kResidual, {[](Extent) { TORCH_CHECK(false, "CUDA error: unspecified launch failure\nmore"); }, {}});
  EXPECT_EQ(message_of<DeviceError>([&] { restore(restorer, scramble(SampleType::uint8, 1, {20, 30}).view()); }),
            "restore: the device failed: CUDA error: unspecified launch failure; use device cpu");
}

// ---- recorded work ----

// Recorded work runs again by itself: what it reads and writes has to lie where it lay.
struct Replayed final : DeviceGraph {
  Replayed(std::function<void()> work, int& replays) : work(std::move(work)), replays(replays) {}
  void replay() override { ++replays, work(); }
  std::function<void()> work;
  int& replays;
};

TEST(DeviceRestorer, ReplaysWorkThatComesAgainOnNewPixels) {
  int recorded = 0, replays = 0;
  const OnDevice restorer(kRnn, {{}, [&](const std::function<void()>& work) {
                                   ++recorded;
                                   return std::make_unique<Replayed>(work, replays);
                                 }});
  const auto plain = restorer_of(kRnn, Runner::libtorch);
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    const auto degraded = scramble(SampleType::float32, 1, {50, 60}, seed);
    EXPECT_LT(largest_difference(restore(restorer, degraded.view()), restore(*plain, degraded.view())), kRounding) << seed;
  }
  EXPECT_EQ(recorded, 1);
  EXPECT_EQ(replays, 3);  // the first came without knowing that there would be a second

  const auto other = scramble(SampleType::float32, 1, {50, 61});
  EXPECT_LT(largest_difference(restore(restorer, other.view()), restore(*plain, other.view())), kRounding);
  RestoreSettings settings;
  settings.stride = 3;
  EXPECT_LT(largest_difference(restore(restorer, other.view(), settings), restore(*plain, other.view(), settings)), kRounding);
  EXPECT_EQ(recorded, 1);
}

TEST(DeviceRestorer, DoesWithoutRecordingWhereADeviceRefusesIt) {
  int asked = 0;
  const OnDevice restorer(kResidual, {{}, [&](const std::function<void()>&) { return ++asked, nullptr; }});
  const auto degraded = scramble(SampleType::uint16, 1, {50, 60});
  const auto expected = restore(restorer, degraded.view());
  for (int frame = 0; frame < 3; ++frame) EXPECT_TRUE(same_bytes(restore(restorer, degraded.view()), expected));
  EXPECT_EQ(asked, 1);
}

// ---- promises of restore_tiled ----

TEST(DeviceRestorer, CountsAsManyTilesAsThereAreAndStopsWhenAsked) {
  const auto restorer = restorer_of(kRnn, Runner::libtorch_whole);
  const auto degraded = scramble(SampleType::uint8, 1, {200, 210});
  Section restored(SampleType::uint8, 1, degraded.extent());
  std::atomic<std::size_t> tiles = 0;
  const auto count = [&] { ++tiles; };
  restore_tiled(*restorer, whole_window(degraded.view()), whole(degraded), restored.span(), {}, {}, count);
  EXPECT_EQ(tiles, tiles_of(*restorer, degraded.extent(), {}).tiles_over(whole(degraded)).size());

  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(restore(*restorer, degraded.view(), {}, stop.get_token()), Cancelled);
}

TEST(DeviceRestorer, RefusesWhatTilesRefuseInTheSameWords) {
  auto degraded = scramble(SampleType::float32, 1, {20, 30});
  degraded.samples<float>()[7 * 30 + 5] = std::numeric_limits<float>::infinity();
  for (const auto runner : {Runner::libtorch, Runner::libtorch_whole}) {
    const auto restorer = restorer_of(kResidual, runner);
    EXPECT_EQ(message_of<FormatError>([&] { restore(*restorer, degraded.view()); }),
              "section: the value at channel 0, row 7, column 5 is NaN or infinite; replace such values before restoring or training");
    Section room(SampleType::float32, 1, {10, 30});
    EXPECT_EQ(message_of<ArgumentError>([&] { restore_tiled(*restorer, degraded.view(), {15, 0, 10, 30}, room.span(), {}); }),
              "tile plan: a request of 10 x 30 at row 15, column 0 leaves the 20 x 30 section");
    const SectionWindow lacking{degraded.view().crop({0, 0, 8, 30}), 0, 0, degraded.extent()};
    EXPECT_THAT(message_of<ArgumentError>([&] { restore_tiled(*restorer, lacking, {0, 0, 10, 30}, room.span(), {}); }),
                HasSubstr("8 x 30 from row 0, column 0 on are at hand"));
  }
}

}  // namespace
}  // namespace firstframe
