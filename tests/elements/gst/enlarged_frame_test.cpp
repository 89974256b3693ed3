// Frames that leave larger than they came.

#include "core/colour/restore_picture.h"
#include "core/metrics/psnr.h"
#include "core/tiling/upsampled_input.h"
#include "core/training/trainer.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

Extent times(std::int64_t scale, Extent extent) { return {scale * extent.rows, scale * extent.cols}; }

// kFrame and its clean counterpart, `scale` times as large
TrainingPair pair_of(std::int64_t scale, SampleType type = SampleType::uint8) {
  return small_pair(times(scale, kFrame), scale, /*phase=*/0, type);
}

std::shared_ptr<const Restorer> restorer_of(std::int64_t scale) {
  static std::shared_ptr<const Restorer> made[kLargestScale + 1];
  if (!made[scale]) {
    TrainSettings settings;
    settings.restorer = "linear";
    settings.threads = 1;
    made[scale] = train(pair_of(scale), settings);
  }
  return made[scale];
}

std::string written_model(const TestFolder& folder, std::int64_t scale) {
  const auto path = folder.file(text("x", scale, ".safetensors"));
  write_model(path, restorer_of(scale)->model());
  return path;
}

GstVideoInfo info_leaving(RestoreHarness& harness) {
  auto* pad = gst_element_get_static_pad(harness.element(), "src");
  const CapsPtr caps(gst_pad_get_current_caps(pad));
  gst_object_unref(pad);
  GstVideoInfo info;
  if (!caps || !gst_video_info_from_caps(&info, caps.get())) throw ArgumentError("no caps left the element");
  return info;
}

Section plane_of(GstBuffer* buffer, const GstVideoInfo& info, guint plane) {
  Section section;
  for_frame(buffer, info, GST_MAP_READ, [&](GstVideoFrame& frame) {
    section =
        Section(SampleType::uint8, 1,
                {GST_VIDEO_FRAME_COMP_HEIGHT(&frame, plane), GST_VIDEO_FRAME_COMP_WIDTH(&frame, plane)});
    auto layout = section.layout();
    layout.row_stride = GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane);
    copy_pixels({static_cast<const std::byte*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, plane)), layout},
                section.span());
  });
  return section;
}

struct Case {
  const char* format;
  std::int64_t scale;
  guint padding;
};
void PrintTo(const Case& wanted, std::ostream* out) { *out << wanted.format << " x" << wanted.scale; }

class SuperResolutionOf : public testing::TestWithParam<Case> {};

TEST_P(SuperResolutionOf, GivesLargerFramesThatEqualWhatCoreMakes) {
  const auto [format, scale, padding] = GetParam();
  const Extent odd{47, 61};
  const TestFolder folder;
  RestoreHarness harness({{"model-location", written_model(folder, scale)}});
  const auto caps = caps_text(format, odd, ",pixel-aspect-ratio=4/3,colorimetry=1:4:5:1");
  const auto info = video_info_of(caps);
  const auto degraded = GST_VIDEO_INFO_IS_RGB(&info)
                            ? colour_scene(odd)
                            : scene(odd, is_16_bit(info) ? SampleType::uint16 : SampleType::uint8);
  harness.set_caps(caps);
  ASSERT_EQ(harness.push(buffer_of(degraded, info, padding)), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);

  const auto larger = info_leaving(harness);
  EXPECT_EQ(GST_VIDEO_INFO_FORMAT(&larger), GST_VIDEO_INFO_FORMAT(&info));
  EXPECT_EQ(larger.height, scale * 47);
  EXPECT_EQ(larger.width, scale * 61);
  EXPECT_EQ(larger.par_n, 4);
  EXPECT_EQ(larger.par_d, 3);
  EXPECT_EQ(larger.fps_n, 25);
  Section expected(degraded.type(), degraded.channels(), times(scale, odd));
  restore_picture(*restorer_of(scale), degraded.view(), expected.span(), ChannelPolicy::luma, {});
  EXPECT_EQ(different_bytes(seen_in(out.get(), larger), expected), 0u);
}

INSTANTIATE_TEST_SUITE_P(Formats, SuperResolutionOf,
                         testing::Values(Case{"GRAY8", 2, 0}, Case{"GRAY8", 3, 5}, Case{"GRAY8", 4, 0},
                                         Case{"GRAY16_LE", 2, 3}, Case{"GRAY16_LE", 3, 0}, Case{"I420", 2, 0},
                                         Case{"I420", 3, 6}, Case{"RGB", 2, 7}, Case{"RGB", 3, 0},
                                         Case{"BGRx", 2, 0}, Case{"BGRx", 3, 4}),
                         [](const auto& wanted) {
                           return text(wanted.param.format, "x", wanted.param.scale, "p",
                                       wanted.param.padding);
                         });

// The first chroma sample lies half a luma pixel below the first luma row; to the right of its column only where the
// caps say so. At scale 2 and phase 0 it moves to half a large pixel, a quarter of a large chroma sample.
TEST(SuperResolution, UpsamplesChromaWhereItsSamplesLie) {
  const TestFolder folder;
  for (const auto& [site, col_phase] : {std::pair{"mpeg2", 0.0}, std::pair{"jpeg", 0.25}}) {
    RestoreHarness harness({{"model-location", written_model(folder, 2)}});
    const auto caps = caps_text("I420", kFrame, text(",chroma-site=", site));
    const auto info = video_info_of(caps);
    harness.set_caps(caps);
    const BufferPtr in(buffer_of(scene(kFrame), info));
    ASSERT_EQ(harness.push(gst_buffer_ref(in.get())), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    const auto larger = info_leaving(harness);
    for (const guint plane : {1u, 2u}) {
      const auto small = plane_of(in.get(), info, plane), large = plane_of(out.get(), larger, plane);
      Section expected(SampleType::uint8, 1, times(2, small.extent()));
      upsample(small.view(), {2, 0.25, col_phase}, restorer_of(2)->info().border, expected.span());
      EXPECT_EQ(different_bytes(large, expected), 0u) << site << " plane " << plane;
    }
  }
}

class SuperResolutionTrained : public testing::TestWithParam<int> {};

TEST_P(SuperResolutionTrained, OnALargerCleanPictureRestoresToItsSize) {
  const std::int64_t scale = GetParam();
  const TestFolder folder;
  const auto pair = pair_of(scale);
  write_picture(folder.file("clean.png"), pair.clean.view());
  RestoreHarness harness(linear_training(folder.file("clean.png")) +
                         PropertyTexts{{"untrained-policy", "hold"}});
  const auto info = video_info_of(caps_text("GRAY8"));
  harness.set_caps(caps_text("GRAY8"));
  ASSERT_EQ(harness.push(buffer_of(pair.degraded, info)), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  const auto restored = seen_in(out.get(), info_leaving(harness));
  ASSERT_EQ(restored.extent(), pair.clean.extent());
  const auto bicubic = upsampled_input(restorer_of(scale)->info(), pair.degraded.view());
  EXPECT_GT(psnr(restored.view(), pair.clean.view()), psnr(bicubic.view(), pair.clean.view()) + 0.5);
}

TEST_P(SuperResolutionTrained, PassesFramesUpsampledBeforeTheModel) {
  const std::int64_t scale = GetParam();
  const TestFolder folder;
  write_picture(folder.file("clean.png"), pair_of(scale).clean.view());
  for (const std::string format : {"GRAY8", "I420", "RGB", "BGRx"}) {
    RestoreHarness harness(endless_training(folder.file("clean.png")));
    const auto info = video_info_of(caps_text(format));
    harness.set_caps(caps_text(format));
    const auto degraded = GST_VIDEO_INFO_IS_RGB(&info) ? colour_scene() : pair_of(scale).degraded;
    ASSERT_EQ(harness.push(buffer_of(degraded, info)), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    Section expected(SampleType::uint8, degraded.channels(), times(scale, kFrame));
    upsample(degraded.view(), centred_upscale(scale), Border::reflect, expected.span());
    const auto seen = seen_in(out.get(), info_leaving(harness));
    // Studio range and full range may round differently.
    for (std::size_t i = 0; i < expected.size_in_bytes(); ++i)
      ASSERT_NEAR(static_cast<int>(seen.view().data[i]), static_cast<int>(expected.view().data[i]), 1)
          << format;
  }
}

INSTANTIATE_TEST_SUITE_P(Scales, SuperResolutionTrained, testing::Values(2, 3),
                         [](const auto& scale) { return text("x", scale.param); });

TEST(SuperResolution, TakesTheScaleFromThePairOfPictures) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), pair_of(3).clean.view());
  write_picture(folder.file("degraded.png"), pair_of(3).degraded.view());
  RestoreHarness harness(
      linear_training(folder.file("clean.png")) +
      PropertyTexts{{"degraded-location", folder.file("degraded.png")}, {"untrained-policy", "hold"}});
  const Extent other{50, 40};  // not the extent of the pictures
  harness.set_caps(caps_text("GRAY8", other));
  ASSERT_EQ(harness.push(buffer_of(scene(other), video_info_of(caps_text("GRAY8", other)))), GST_FLOW_OK);
  ASSERT_TRUE(harness.pull());
  EXPECT_EQ(info_leaving(harness).height, 150);
}

TEST(SuperResolution, FollowsAChangeOfSize) {
  const TestFolder folder;
  RestoreHarness harness({{"model-location", written_model(folder, 2)}});
  for (const Extent extent : {kFrame, Extent{70, 90}}) {
    harness.set_caps(caps_text("GRAY8", extent));
    ASSERT_EQ(harness.push(buffer_of(scene(extent), video_info_of(caps_text("GRAY8", extent)))), GST_FLOW_OK);
    ASSERT_TRUE(harness.pull());
    EXPECT_EQ(info_leaving(harness).width, 2 * extent.cols);
  }
}

TEST(SuperResolution, ScalesTheRegionsThatFramesCarry) {
  const TestFolder folder;
  RestoreHarness harness({{"model-location", written_model(folder, 3)}});
  harness.set_caps(caps_text("GRAY8"));
  auto* in = buffer_of(scene(kFrame), video_info_of(caps_text("GRAY8")));
  gst_buffer_add_video_region_of_interest_meta(in, "fovea", 3, 4, 10, 12);
  ASSERT_EQ(harness.push(in), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  const auto* region = gst_buffer_get_video_region_of_interest_meta_id(out.get(), 0);
  ASSERT_TRUE(region);
  EXPECT_EQ(region->x, 9u);
  EXPECT_EQ(region->y, 12u);
  EXPECT_EQ(region->w, 30u);
  EXPECT_EQ(region->h, 36u);
}

// What neighbours are told before any frame comes.
CapsPtr caps_at_sink(GstElement* element, const std::string& downstream) {
  const CapsPtr wanted(gst_caps_from_string(downstream.c_str()));
  auto* filter = gst_element_factory_make("capsfilter", nullptr);
  g_object_set(filter, "caps", wanted.get(), nullptr);
  auto* bin = gst_object_ref_sink(gst_bin_new(nullptr));
  gst_bin_add_many(GST_BIN(bin), GST_ELEMENT(gst_object_ref(element)), filter, nullptr);
  EXPECT_TRUE(gst_element_link(element, filter));
  EXPECT_NE(gst_element_set_state(GST_ELEMENT(bin), GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  auto* pad = gst_element_get_static_pad(element, "sink");
  CapsPtr caps(gst_pad_query_caps(pad, nullptr));
  gst_object_unref(pad);
  gst_element_set_state(GST_ELEMENT(bin), GST_STATE_NULL);
  gst_object_unref(bin);
  return caps;
}

bool can_be(const CapsPtr& caps, const std::string& wanted) {
  const CapsPtr asked(gst_caps_from_string(wanted.c_str()));
  return gst_caps_can_intersect(caps.get(), asked.get());
}

TEST(SuperResolution, AsksForFramesOfWhichItCanMakeTheWantedOnes) {
  const TestFolder folder;
  const auto model = written_model(folder, 3);
  const auto caps = caps_at_sink(make_element({{"model-location", model}}).get(),
                                 "video/x-raw,format=GRAY8,width=192,height=144");
  EXPECT_TRUE(can_be(caps, "video/x-raw,format=GRAY8,width=64,height=48"));
  EXPECT_FALSE(can_be(caps, "video/x-raw,width=192"));
  EXPECT_FALSE(can_be(caps, "video/x-raw,format=RGB"));
  EXPECT_TRUE(gst_caps_is_empty(
      caps_at_sink(make_element({{"model-location", model}}).get(), "video/x-raw,width=191,height=144")
          .get()));
  const auto range = caps_at_sink(make_element({{"model-location", model}}).get(),
                                  "video/x-raw,width=[10,20],height={10,12,20,30}");
  for (const int width : {4, 5, 6})
    EXPECT_TRUE(can_be(range, text("video/x-raw,width=", width, ",height=10"))) << width;
  for (const int width : {3, 7, 10}) EXPECT_FALSE(can_be(range, text("video/x-raw,width=", width))) << width;
  for (const int height : {12, 20})
    EXPECT_FALSE(can_be(range, text("video/x-raw,height=", height))) << height;
}

TEST(SuperResolution, TakesTheScaleFromThePropertyBeforeThereIsAFrame) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), pair_of(2).clean.view());
  const auto caps = caps_at_sink(
      make_element(linear_training(folder.file("clean.png")) + PropertyTexts{{"scale", "2"}}).get(),
      "video/x-raw,width=128,height=96");
  EXPECT_TRUE(can_be(caps, "video/x-raw,width=64,height=48"));
  EXPECT_FALSE(can_be(caps, "video/x-raw,width=128,height=96"));
}

TEST(SuperResolution, RefusesAModelOfAnotherScaleThanTheOneAskedFor) {
  const TestFolder folder;
  const auto element = make_element({{"model-location", written_model(folder, 3)}, {"scale", "2"}});
  const BusPtr bus(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  EXPECT_THAT(next_complaint(bus.get()).text, testing::HasSubstr("scale: 2 was asked for, the model's is 3"));
  gst_element_set_state(element.get(), GST_STATE_NULL);
  gst_element_set_bus(element.get(), nullptr);
}

TEST(SuperResolution, RefusesACleanPictureThatTheScaleDoesNotFit) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), pair_of(2).clean.view());
  RestoreHarness harness(linear_training(folder.file("clean.png")) +
                         PropertyTexts{{"scale", "3"}, {"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  EXPECT_EQ(harness.push(buffer_of(pair_of(2).degraded, video_info_of(caps_text("GRAY8")))), GST_FLOW_ERROR);
  EXPECT_THAT(next_complaint(harness.bus()).text,
              testing::HasSubstr("scale: 3 does not fit a degraded frame of 48 x 64"));
}

}  // namespace
}  // namespace firstframe
