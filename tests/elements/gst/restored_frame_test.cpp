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

// What core makes of the pixels of a frame. Of 10 bits in 16 it knows the range, but not the largest value.
Section restored_by_core(const Restorer& restorer, const Section& degraded, const Format& format) {
  Section restored(degraded.type(), degraded.channels(), degraded.extent());
  restored.set_range(degraded.range());
  restore_picture(restorer, degraded.view(), restored.span(), ChannelPolicy::luma, {});
  for (std::int64_t i = 0; format.is_deep() && i < restored.extent().area(); ++i)
    restored.samples<guint16>()[i] =
        std::min(restored.samples<guint16>()[i], static_cast<guint16>(format.most()));
  return restored;
}

TEST_P(RestoredFrame, EqualsWhatCoreMakesOfTheSamePixels) {
  const auto& wanted = GetParam();
  const TestFolder folder;
  write_model(folder.file("model.safetensors"), restorer()->model());
  RestoreHarness harness({{"model-location", folder.file("model.safetensors")}});
  for (const Extent extent : {kFrame, Extent{61, 47}}) {  // of an odd size chroma is rounded up
    const auto caps = caps_text(wanted.format, extent, wanted.more_caps);
    const auto info = video_info_of(caps);
    auto degraded = degraded_scene(info);
    degraded.set_range(wanted.range);
    const auto expected = restored_by_core(*restorer(), degraded, format_of(info));

    harness.set_caps(caps);
    ASSERT_EQ(harness.push(buffer_of(degraded, info, wanted.padding)), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    EXPECT_EQ(different_bytes(seen_in(out.get(), info), expected), 0u);
    EXPECT_GT(different_bytes(expected, degraded), 1000u);
    EXPECT_EQ(changed_unseen_samples(out.get(), info), 0);
  }
}

constexpr ValueRange kFull{0, 255};
constexpr ValueRange kStudio{16, 235};
INSTANTIATE_TEST_SUITE_P(
    Of, RestoredFrame,
    testing::Values(Case{"Grey", "GRAY8", "", 0, kFull}, Case{"GreyPadded", "GRAY8", "", 5, kFull},
                    Case{"Grey16", "GRAY16_LE", "", 0, {0, 65535}},
                    Case{"Grey16Padded", "GRAY16_LE", "", 3, {0, 65535}},
                    Case{"Grey16BigEndian", "GRAY16_BE", "", 0, {0, 65535}},
                    Case{"Grey16BigEndianPadded", "GRAY16_BE", "", 3, {0, 65535}},
                    Case{"StudioLuma", "I420", ",colorimetry=bt601", 0, kStudio},
                    Case{"StudioLumaByDefault", "I420", "", 6, kStudio},
                    Case{"FullLuma", "I420", ",colorimetry=1:4:5:1", 0, kFull},
                    Case{"UnstatedRangeOfLuma", "I420", ",colorimetry=0:4:5:1", 0, kStudio},
                    Case{"Nv12", "NV12", "", 0, kStudio}, Case{"Nv12Padded", "NV12", "", 5, kStudio},
                    Case{"Y42b", "Y42B", "", 0, kStudio}, Case{"Y42bPadded", "Y42B", "", 5, kStudio},
                    Case{"Y444", "Y444", ",colorimetry=1:4:5:1", 0, kFull},
                    Case{"Y444Padded", "Y444", "", 5, kStudio},
                    Case{"StudioLumaOf10Bits", "I420_10LE", ",colorimetry=bt709", 0, {64, 940}},
                    Case{"StudioLumaOf10BitsPadded", "I420_10LE", "", 5, {64, 940}},
                    Case{"FullLumaOf10Bits", "I420_10LE", ",colorimetry=1:4:5:1", 0, {0, 1023}},
                    Case{"Rgb", "RGB", "", 0, kFull}, Case{"RgbPadded", "RGB", "", 7, kFull},
                    Case{"Bgrx", "BGRx", "", 0, kFull}, Case{"BgrxPadded", "BGRx", "", 4, kFull},
                    Case{"Rgba", "RGBA", "", 0, kFull}, Case{"RgbaPadded", "RGBA", "", 4, kFull}),
    [](const auto& wanted) { return std::string(wanted.param.name); });

// White bars on black: a filter that sharpens goes beyond both.
TEST_F(RestoredFrame, OfTenBitsHoldsNoValueAboveThem) {
  const auto caps = caps_text("I420_10LE");
  const auto info = video_info_of(caps);
  Section bars(SampleType::uint16, 1, kFrame);
  for (std::int64_t i = 0; i < kFrame.area(); ++i) bars.samples<guint16>()[i] = i / 8 % 2 == 0 ? 0 : 1023;
  const TestFolder folder;
  write_model(folder.file("model.safetensors"), restorer()->model());
  RestoreHarness harness({{"model-location", folder.file("model.safetensors")}});
  harness.set_caps(caps);
  ASSERT_EQ(harness.push(buffer_of(bars, info)), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  const auto restored = seen_in(out.get(), info);
  const std::vector<guint16> values(restored.samples<guint16>(), restored.samples<guint16>() + kFrame.area());
  EXPECT_THAT(values, testing::Each(testing::Le(1023)));
  EXPECT_THAT(values, testing::Contains(1023));
}

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
