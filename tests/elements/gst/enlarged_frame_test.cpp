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

// Of 10 bits in 16 core knows the range, but not the largest value.
Section cut_to_depth_of(const Format& format, Section section) {
  for (std::int64_t i = 0; format.is_deep() && i < section.channels() * section.extent().area(); ++i)
    section.samples<guint16>()[i] =
        std::min(section.samples<guint16>()[i], static_cast<guint16>(format.most()));
  return section;
}

std::vector<std::string> names_of_formats_with_unseen_components() {
  std::vector<std::string> names;
  for (const auto& format : formats())
    if (format.seen < static_cast<int>(format.places.size())) names.emplace_back(format.name);
  return names;
}

struct Case {
  std::string format;
  std::int64_t scale;
  guint padding;
};
void PrintTo(const Case& wanted, std::ostream* out) { *out << wanted.format << " x" << wanted.scale; }

std::vector<Case> every_format() {
  std::vector<Case> cases{{"GRAY8", 4, 0}};
  for (const auto& name : format_names()) cases.insert(cases.end(), {{name, 2, 0}, {name, 3, 5}});
  return cases;
}

class SuperResolutionOf : public testing::TestWithParam<Case> {};

TEST_P(SuperResolutionOf, GivesLargerFramesThatEqualWhatCoreMakes) {
  const auto& [name, scale, padding] = GetParam();
  const auto& format = format_named(name);
  const Extent odd{47, 61};
  const TestFolder folder;
  RestoreHarness harness({{"model-location", written_model(folder, scale)}});
  const auto caps = caps_text(name, odd, ",pixel-aspect-ratio=4/3,colorimetry=1:4:5:1");
  const auto info = video_info_of(caps);
  auto degraded = degraded_scene(info);
  degraded.set_range({0, static_cast<double>(format.most())});
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
  expected.set_range(degraded.range());
  restore_picture(*restorer_of(scale), degraded.view(), expected.span(), ChannelPolicy::luma, {});
  EXPECT_EQ(different_bytes(seen_in(out.get(), larger), cut_to_depth_of(format, std::move(expected))), 0u);
}

INSTANTIATE_TEST_SUITE_P(Formats, SuperResolutionOf, testing::ValuesIn(every_format()),
                         [](const auto& wanted) {
                           return text(wanted.param.format, "x", wanted.param.scale, "p",
                                       wanted.param.padding);
                         });

class UnseenComponentsOf : public testing::TestWithParam<std::string> {};

// Subsampled chroma lies beside the first of two luma pixels where the caps say so, between them where they do not. At
// scale 2 and phase 0 what lies between them moves to half a large pixel, a quarter of a large chroma sample.
TEST_P(UnseenComponentsOf, AreUpsampledBicubicallyInTheirDepth) {
  struct Site {
    const char* name;
    bool is_row_cosited, is_col_cosited;
  };
  const auto& format = format_named(GetParam());
  const TestFolder folder;
  for (const auto& site : {Site{"jpeg", false, false}, Site{"mpeg2", false, true},
                           Site{"v-cosited", true, false}, Site{"cosited", true, true}}) {
    RestoreHarness harness({{"model-location", written_model(folder, 2)}});
    const auto caps =
        caps_text(GetParam(), {47, 61}, format.seen == 1 ? text(",chroma-site=", site.name) : std::string());
    const auto info = video_info_of(caps);
    harness.set_caps(caps);
    const BufferPtr in(buffer_of(degraded_scene(info), info, /*padding=*/3));
    ASSERT_EQ(harness.push(gst_buffer_ref(in.get())), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    const auto larger = info_leaving(harness);
    for (std::size_t component = format.seen; component < format.places.size(); ++component) {
      const auto& place = format.places[component];
      const Upscale upscale{2, place.row_sub == 2 && !site.is_row_cosited ? 0.25 : 0,
                            place.col_sub == 2 && !site.is_col_cosited ? 0.25 : 0};
      Section expected(sample_type_of(info), 1, component_extent(larger, component));
      expected.set_range({0, static_cast<double>(format.most())});
      upsample(component_in(in.get(), info, component).view(), upscale, restorer_of(2)->info().border,
               expected.span());
      EXPECT_EQ(different_bytes(component_in(out.get(), larger, component),
                                cut_to_depth_of(format, std::move(expected))),
                0u)
          << site.name << " component " << component;
    }
  }
}

// A slope that every component samples where it lies must be the same slope afterwards, three times as long.
TEST_P(UnseenComponentsOf, StayWhereTheyWereInThePicture) {
  const auto& format = format_named(GetParam());
  const auto& model = restorer_of(3)->info();
  const Extent extent{40, 48};
  const double steepness =
      format.most() / 50.0;  // the smallest error of place changes a value of 8 bits by 0.8
  const TestFolder folder;
  RestoreHarness harness({{"model-location", written_model(folder, 3)}});
  for (const bool is_along_row : {true, false})
    for (const bool is_cosited : {false, true}) {
      const auto caps = caps_text(
          GetParam(), extent,
          format.seen == 1 ? text(",chroma-site=", is_cosited ? "cosited" : "jpeg") : std::string());
      const auto info = video_info_of(caps);
      harness.set_caps(caps);
      const auto place_of = [&](std::size_t component, std::int64_t row, std::int64_t col) {
        const auto sub = is_along_row ? format.places[component].col_sub : format.places[component].row_sub;
        return static_cast<double>(sub * (is_along_row ? col : row)) + (is_cosited ? 0 : (sub - 1) / 2.0);
      };
      auto* in = buffer_of(degraded_scene(info), info);
      for_frame(in, info, GST_MAP_READWRITE, [&](GstVideoFrame& frame) {
        for_samples(info, /*seen=*/false, [&](std::size_t component, std::int64_t row, std::int64_t col) {
          const auto value = steepness * place_of(component, row, col);
          Sample(frame, component, row, col).set(static_cast<unsigned>(value + 0.5));
        });
      });
      ASSERT_EQ(harness.push(in), GST_FLOW_OK);
      const auto out = harness.pull();
      ASSERT_TRUE(out);
      const auto larger = info_leaving(harness);
      const double phase = is_along_row ? model.col_phase : model.row_phase;
      double sum = 0, number = 0;
      for_frame(out.get(), larger, GST_MAP_READ, [&](GstVideoFrame& frame) {
        for_samples(larger, /*seen=*/false, [&](std::size_t component, std::int64_t row, std::int64_t col) {
          const double place = (place_of(component, row, col) - phase) / 3;
          if (place < 8 || place > 32) return;  // there the border is met
          const double error = Sample(frame, component, row, col).value() - steepness * place;
          ASSERT_LE(std::abs(error), 1.3) << component << " at " << row << ", " << col;
          sum += error;
          ++number;
        });
      });
      EXPECT_LT(std::abs(sum / number), 0.2) << (is_along_row ? "along rows" : "down columns");
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, UnseenComponentsOf,
                         testing::ValuesIn(names_of_formats_with_unseen_components()),
                         [](const auto& format) { return format.param; });

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
  write_picture(folder.file("clean.png"), pair_of(scale, SampleType::uint16).clean.view());
  RestoreHarness harness(endless_training(folder.file("clean.png")));
  for (const auto& format : formats()) {
    const auto info = video_info_of(caps_text(format.name));
    harness.set_caps(caps_text(format.name));
    const auto degraded = GST_VIDEO_INFO_IS_RGB(&info)
                              ? colour_scene()
                              : at_depth_of(format, pair_of(scale, sample_type_of(info)).degraded);
    ASSERT_EQ(harness.push(buffer_of(degraded, info)), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    Section expected(degraded.type(), degraded.channels(), times(scale, kFrame));
    upsample(degraded.view(), centred_upscale(scale), Border::reflect, expected.span());
    expected = cut_to_depth_of(format, std::move(expected));
    const auto seen = seen_in(out.get(), info_leaving(harness));
    // Studio range and full range may round differently.
    for (std::int64_t channel = 0; channel < expected.channels(); ++channel)
      for (std::int64_t row = 0; row < expected.extent().rows; ++row)
        for (std::int64_t col = 0; col < expected.extent().cols; ++col)
          ASSERT_NEAR(value_at(seen, channel, row, col), value_at(expected, channel, row, col), 1)
              << format.name;
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
  gst_bin_add_many(GST_BIN(bin), element, filter, nullptr);  // has an owner, so that the bin takes a reference of its own
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
