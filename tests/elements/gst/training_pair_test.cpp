#include <fstream>

#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

// What the bus hears when the element is brought to PAUSED, without a stream.
Complaint complaint_at_start(const PropertyTexts& properties) {
  const auto element = make_element(properties);
  const BusPtr bus(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  auto complaint = next_complaint(bus.get(), GST_MESSAGE_ERROR, 0);
  EXPECT_FALSE(next_message(bus.get(), GST_MESSAGE_ERROR, 0)) << "one failure, one error";
  gst_element_set_state(element.get(), GST_STATE_NULL);
  gst_element_set_bus(element.get(), nullptr);
  return complaint;
}

// What it hears when training on a first frame fails.
Complaint complaint_of_training(const PropertyTexts& properties, const std::string& caps,
                                const Section& degraded) {
  RestoreHarness harness(properties + PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps);
  EXPECT_EQ(harness.push(buffer_of(degraded, video_info_of(caps))), GST_FLOW_ERROR);
  return next_complaint(harness.bus());
}

class TrainingPairOfTheStream : public testing::Test {
 protected:
  std::string picture(const std::string& name, const Section& section) const {
    write_picture(folder_.file(name), section.view());
    return folder_.file(name);
  }

  TestFolder folder_;
};

TEST_F(TrainingPairOfTheStream, NeedsACleanPictureOrAModel) {
  const auto error = complaint_at_start({});
  EXPECT_EQ(error.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_THAT(error.text,
              testing::AllOf(testing::HasSubstr("clean-location"), testing::HasSubstr("model-location")));
}

TEST_F(TrainingPairOfTheStream, NamesACleanPictureThatIsMissing) {
  const auto error = complaint_at_start({{"clean-location", folder_.file("first.png")}});
  EXPECT_EQ(error.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_NOT_FOUND);
  EXPECT_THAT(error.text, testing::HasSubstr("first.png"));
}

TEST_F(TrainingPairOfTheStream, RefusesACleanPictureThatIsCut) {
  const auto clean = picture("clean.png", scene(kFrame));
  std::filesystem::resize_file(clean, std::filesystem::file_size(clean) / 2);
  const auto error = complaint_at_start({{"clean-location", clean}});
  EXPECT_EQ(error.domain, GST_STREAM_ERROR);
  EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT);
}

TEST_F(TrainingPairOfTheStream, RefusesACleanPictureThatIsNone) {
  std::ofstream(folder_.file("clean.png")) << "this is no picture";
  EXPECT_EQ(complaint_at_start({{"clean-location", folder_.file("clean.png")}}).domain, GST_STREAM_ERROR);
}

TEST_F(TrainingPairOfTheStream, NamesADegradedPictureThatIsMissing) {
  const auto error = complaint_at_start({{"clean-location", picture("clean.png", scene(kFrame))},
                                         {"degraded-location", folder_.file("degraded.png")}});
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_NOT_FOUND);
  EXPECT_THAT(error.text, testing::HasSubstr("degraded.png"));
}

TEST_F(TrainingPairOfTheStream, RefusesAModelFileThatCouldNeverBeWritten) {
  const auto error = complaint_at_start({{"clean-location", picture("clean.png", scene(kFrame))},
                                         {"save-model-location", folder_.file("missing/model.safetensors")}});
  EXPECT_EQ(error.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_WRITE);
}

TEST_F(TrainingPairOfTheStream, NamesBothSizesWhenTheyDiffer) {
  const auto clean = picture("clean.png", scene({50, 64}));
  const auto error =
      complaint_of_training({{"clean-location", clean}}, caps_text("GRAY8"), scene_pair(kFrame).degraded);
  EXPECT_EQ(error.domain, GST_STREAM_ERROR);
  EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT);
  EXPECT_THAT(error.text, testing::AllOf(testing::HasSubstr("48 x 64"), testing::HasSubstr("50 x 64")));
}

class TrainingPairOfDepth : public TrainingPairOfTheStream,
                            public testing::WithParamInterface<std::string> {};

TEST_P(TrainingPairOfDepth, RefusesAnEightBitCleanPictureForADeeperStream) {
  const auto info = video_info_of(caps_text(GetParam()));
  for (const auto& clean :
       {picture("grey.png", scene(kFrame)), picture("colour.png", colour_scene(kFrame, false))}) {
    const auto error =
        complaint_of_training({{"clean-location", clean}}, caps_text(GetParam()), degraded_scene(info));
    EXPECT_EQ(error.domain, GST_STREAM_ERROR) << clean;
    EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT) << clean;
    EXPECT_EQ(error.text, text("training pair: the stream has ", format_of(info).bits,
                               " bits, the clean picture 8; give a clean picture of 16 bits, or convert the "
                               "stream to 8"))
        << clean;
  }
}

INSTANTIATE_TEST_SUITE_P(Format, TrainingPairOfDepth, testing::Values("GRAY16_LE", "GRAY16_BE", "I420_10LE"),
                         [](const auto& format) { return format.param; });

class TrainingPairOfFormat : public TrainingPairOfTheStream,
                             public testing::WithParamInterface<std::string> {};

// Levels of `bits` bits of a picture of 16, full or studio range.
Section at_levels(const Section& section, int bits, bool is_studio) {
  Section codes(bits > 8 ? SampleType::uint16 : SampleType::uint8, 1, section.extent());
  const double step = 1 << (bits - 8);
  const double low = is_studio ? 16 * step : 0, span = is_studio ? 219 * step : (1 << bits) - 1;
  for (std::int64_t row = 0; row < section.extent().rows; ++row)
    for (std::int64_t col = 0; col < section.extent().cols; ++col)
      set_value(codes, 0, row, col,
                static_cast<unsigned>(low + span * value_at(section, 0, row, col) / 65535 + 0.5));
  codes.set_range({low, low + span});
  return codes;
}

// Whatever the depth and range of the stream, the picture is what it must come near to.
TEST_P(TrainingPairOfFormat, LearnsFromACleanPictureOfSixteenBits) {
  const auto& format = format_named(GetParam());
  const auto pair = scene_pair(kFrame, SampleType::uint16);
  const auto degraded = at_levels(pair.degraded, format.bits, format.places.size() > 1);
  RestoreHarness harness(linear_training(picture("clean.png", pair.clean)) +
                         PropertyTexts{{"untrained-policy", "hold"}});
  const auto info = video_info_of(caps_text(GetParam()));
  harness.set_caps(caps_text(GetParam()));
  ASSERT_EQ(harness.push(buffer_of(degraded, info)), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  auto restored = seen_in(out.get(), info);
  restored.set_range(degraded.range());
  const auto psnr_of = [&](const Section& section) {
    return psnr(converted(section.view(), SampleType::float32).view(),
                converted(pair.clean.view(), SampleType::float32).view());
  };
  EXPECT_GT(psnr_of(restored), psnr_of(degraded) + 0.5);
}

INSTANTIATE_TEST_SUITE_P(Of, TrainingPairOfFormat,
                         testing::Values("GRAY8", "GRAY16_LE", "GRAY16_BE", "I420", "NV12", "Y42B", "Y444",
                                         "I420_10LE"),
                         [](const auto& format) { return format.param; });

TEST_F(TrainingPairOfTheStream, RefusesToTrainANetworkForNoTime) {
  const auto clean = picture("clean.png", scene(kFrame));
  const auto error = complaint_of_training({{"clean-location", clean}, {"train-seconds", "0"}},
                                           caps_text("GRAY8"), scene_pair(kFrame).degraded);
  EXPECT_EQ(error.domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error.code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_THAT(error.text, testing::HasSubstr("seconds"));
}

TEST_F(TrainingPairOfTheStream, MayBeFittedInNoTime) {
  RestoreHarness harness(linear_training(picture("clean.png", scene(kFrame))) +
                         PropertyTexts{{"train-seconds", "0"}, {"untrained-policy", "hold"}});
  harness.set_caps(caps_text("GRAY8"));
  EXPECT_EQ(harness.push(buffer_of(scene_pair(kFrame).degraded, video_info_of(caps_text("GRAY8")))),
            GST_FLOW_OK);
}

// Brings full-range luma, 0..1, into the code values of a Y plane.
Section studio_luma(const Section& luma) {
  Section y(SampleType::uint8, 1, luma.extent());
  for (std::int64_t i = 0; i < luma.extent().area(); ++i)
    y.samples<std::uint8_t>()[i] =
        static_cast<std::uint8_t>(std::clamp(16 + 219 * luma.samples<float>()[i] + 0.5f, 0.0f, 255.0f));
  return y;
}

// Kr, Kb of ITU-R BT.709 and BT.601.
Section luma_with(const Section& rgb, double red, double blue) {
  Section luma(SampleType::float32, 1, rgb.extent());
  const auto area = rgb.extent().area();
  const auto* samples = rgb.samples<std::uint8_t>();
  for (std::int64_t i = 0; i < area; ++i)
    luma.samples<float>()[i] = static_cast<float>(
        (red * samples[i] + (1 - red - blue) * samples[area + i] + blue * samples[2 * area + i]) / 255);
  return luma;
}

struct Matrix {
  const char* colorimetry;
  double red, blue;
};
void PrintTo(const Matrix& matrix, std::ostream* out) { *out << matrix.colorimetry; }

int largest_difference(const Section& one, const Section& other) {
  int largest = 0;
  for (std::int64_t i = 0; i < one.extent().area(); ++i)
    largest = std::max(largest, std::abs(one.samples<std::uint8_t>()[i] - other.samples<std::uint8_t>()[i]));
  return largest;
}

class TrainingPairOfYuv : public TrainingPairOfTheStream, public testing::WithParamInterface<Matrix> {};

// The clean picture is R, G, B in full range, the stream its studio-range Y plane: the element must learn
// what core learns from that plane and the luma it truly shows.
TEST_P(TrainingPairOfYuv, AgreesInRangeAndLumaWeights) {
  const auto& matrix = GetParam();
  const auto clean = colour_scene(kFrame, /*is_degraded=*/false);
  const auto caps = caps_text("I420", kFrame, text(",colorimetry=", matrix.colorimetry));
  TrainingPair pair{studio_luma(luma_with(colour_scene(), matrix.red, matrix.blue)),
                    luma_with(clean, matrix.red, matrix.blue)};
  pair.degraded.set_range({16, 235});
  TrainSettings settings;
  settings.restorer = "linear";
  settings.threads = 1;
  const auto expected = restore(*train(pair, settings), pair.degraded.view());

  RestoreHarness harness(linear_training(picture("clean.png", clean)) +
                         PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps);
  ASSERT_EQ(harness.push(buffer_of(pair.degraded, video_info_of(caps))), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_LE(largest_difference(seen_in(out.get(), video_info_of(caps)), expected), 1);
}

INSTANTIATE_TEST_SUITE_P(Matrix, TrainingPairOfYuv,
                         testing::Values(Matrix{"bt601", 0.299, 0.114}, Matrix{"bt709", 0.2126, 0.0722}),
                         [](const auto& matrix) { return std::string(matrix.param.colorimetry); });

TEST_F(TrainingPairOfTheStream, OfRgbIsItsLuma) {
  const auto clean = colour_scene(kFrame, /*is_degraded=*/false);
  RestoreHarness harness(linear_training(picture("clean.png", clean)) +
                         PropertyTexts{{"untrained-policy", "hold"}});
  harness.set_caps(caps_text("RGB"));
  const auto degraded = colour_scene();
  ASSERT_EQ(harness.push(buffer_of(degraded, video_info_of(caps_text("RGB")))), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  const auto restored = seen_in(out.get(), video_info_of(caps_text("RGB")));
  EXPECT_GT(picture_psnr(restored.view(), clean.view()).luma_full,
            picture_psnr(degraded.view(), clean.view()).luma_full + 1);
}

}  // namespace
}  // namespace firstframe
