#include "core/colour/restore_picture.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

struct Case {
  const char* name;
  const char* format;
  const char* more_caps;
  guint padding;
  ValueRange range;
};
void PrintTo(const Case& wanted, std::ostream* out) { *out << wanted.name; }

class RestoredFrame : public testing::TestWithParam<Case> {
 protected:
  // Studio range and full range differ by more than a filter's rounding only when the filter has a bias,
  // which a linear fit on this pair has.
  static std::shared_ptr<const Restorer> restorer() {
    static const auto trained = [] {
      TrainSettings settings;
      settings.restorer = "linear";
      settings.threads = 1;
      return train(scene_pair({64, 80}), settings);
    }();
    return trained;
  }
};

Section degraded_for(const GstVideoInfo& info) {
  if (GST_VIDEO_INFO_IS_RGB(&info)) return colour_scene();
  return scene_pair(kFrame, is_16_bit(info) ? SampleType::uint16 : SampleType::uint8, /*seed=*/5).degraded;
}

TEST_P(RestoredFrame, EqualsWhatCoreMakesOfTheSamePixels) {
  const auto& wanted = GetParam();
  const auto caps = caps_text(wanted.format, kFrame, wanted.more_caps);
  const auto info = video_info_of(caps);
  const TestFolder folder;
  write_model(folder.file("model.safetensors"), restorer()->model());
  auto degraded = degraded_for(info);
  degraded.set_range(wanted.range);
  Section expected(degraded.type(), degraded.channels(), degraded.extent());
  expected.set_range(wanted.range);
  restore_picture(*restorer(), degraded.view(), expected.span(), ChannelPolicy::luma, {});

  RestoreHarness harness({{"model-location", folder.file("model.safetensors")}});
  harness.set_caps(caps);
  ASSERT_EQ(harness.push(buffer_of(degraded, info, wanted.padding)), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_EQ(different_bytes(seen_in(out.get(), info), expected), 0u);
  EXPECT_GT(different_bytes(expected, degraded), 1000u);
  EXPECT_EQ(changed_unseen_bytes(out.get(), info), 0);
}

constexpr ValueRange kFull{0, 255};
constexpr ValueRange kStudio{16, 235};
INSTANTIATE_TEST_SUITE_P(
    Of, RestoredFrame,
    testing::Values(Case{"Grey", "GRAY8", "", 0, kFull}, Case{"GreyPadded", "GRAY8", "", 5, kFull},
                    Case{"Grey16", "GRAY16_LE", "", 0, {0, 65535}},
                    Case{"Grey16Padded", "GRAY16_LE", "", 3, {0, 65535}},
                    Case{"StudioLuma", "I420", ",colorimetry=bt601", 0, kStudio},
                    Case{"StudioLumaByDefault", "I420", "", 6, kStudio},
                    Case{"FullLuma", "I420", ",colorimetry=1:4:5:1", 0, kFull},
                    Case{"UnstatedRangeOfLuma", "I420", ",colorimetry=0:4:5:1", 0, kStudio},
                    Case{"Rgb", "RGB", "", 0, kFull}, Case{"RgbPadded", "RGB", "", 7, kFull},
                    Case{"Bgrx", "BGRx", "", 0, kFull}, Case{"BgrxPadded", "BGRx", "", 4, kFull}),
    [](const auto& wanted) { return std::string(wanted.param.name); });

// stride is a restoring setting: it may be turned while the stream plays.
TEST(RestoredFrameOfPatches, FollowsTheStrideFromOneFrameToTheNext) {
  TrainSettings training;
  training.restorer = "rnn";
  training.steps = 5;
  training.batch = 2;
  training.threads = 1;
  const auto pair = scene_pair(kFrame);
  const auto restorer = train(pair, training);
  const TestFolder folder;
  write_model(folder.file("model.safetensors"), restorer->model());

  const auto info = video_info_of(caps_text("GRAY8"));
  RestoreHarness harness({{"model-location", folder.file("model.safetensors")}});
  harness.set_caps(caps_text("GRAY8"));
  for (const int stride : {1, 3}) {
    g_object_set(harness.element(), "stride", stride, nullptr);
    ASSERT_EQ(harness.push(buffer_of(pair.degraded, info)), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    RestoreSettings settings;
    settings.stride = stride;
    EXPECT_EQ(different_bytes(seen_in(out.get(), info), restore(*restorer, pair.degraded.view(), settings)),
              0u)
        << "stride " << stride;
  }
}

}  // namespace
}  // namespace firstframe
