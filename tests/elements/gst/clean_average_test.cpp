#include <thread>

#include "core/metrics/psnr.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

constexpr Extent kStill{96, 128};

class CleanAverage : public testing::Test {
 protected:
  static PropertyTexts averaging(int frames) {
    return {{"clean-average", std::to_string(frames)}, {"restorer", "linear"}, {"threads", "1"}};
  }
  static Section truth(unsigned seed = 1) { return scene(kStill, SampleType::uint8, seed); }
  // The scene with noise of its own in every frame, moved by whole pixels.
  static Section noisy(const Section& scene, unsigned index, std::int64_t across = 0) {
    Degradation noise;
    noise.noise_sigma = 15;
    noise.seed = index + 1;
    auto frame = converted(degrade(scene.view(), noise).view(), SampleType::uint8);
    const Section still = frame;
    for (std::int64_t r = 0; r < kStill.rows; ++r)
      for (std::int64_t c = 0; c < kStill.cols; ++c)
        frame.samples<std::uint8_t>()[r * kStill.cols + c] =
            still.samples<std::uint8_t>()[r * kStill.cols +
                                          std::clamp<std::int64_t>(c - across, 0, kStill.cols - 1)];
    return frame;
  }
  static GstVideoInfo info() { return video_info_of(caps_text("GRAY8", kStill)); }
  static GstFlowReturn push(RestoreHarness& harness, const Section& frame) {
    return harness.push(buffer_of(frame, info()));
  }
  static void open(RestoreHarness& harness) { harness.set_caps(caps_text("GRAY8", kStill)); }
  static void push_still(RestoreHarness& harness, unsigned frames, const Section& scene = truth()) {
    for (unsigned i = 0; i < frames; ++i) ASSERT_EQ(push(harness, noisy(scene, i)), GST_FLOW_OK);
  }

  TestFolder folder_;
};

Complaint complaint_at_start(const PropertyTexts& properties) {
  const auto element = make_element(properties);
  const BusPtr bus(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  auto complaint = next_complaint(bus.get(), GST_MESSAGE_ERROR, 0);
  gst_element_set_state(element.get(), GST_STATE_NULL);
  gst_element_set_bus(element.get(), nullptr);
  return complaint;
}

TEST_F(CleanAverage, RestoresAStillNoisySceneWithoutACleanPicture) {
  RestoreHarness harness(averaging(16));
  open(harness);
  push_still(harness, 16);
  const auto live = harness.wait_until_live();
  ASSERT_TRUE(live);
  gint64 frames = 0;
  EXPECT_TRUE(gst_structure_get_int64(gst_message_get_structure(live.get()), "clean-average", &frames));
  EXPECT_EQ(frames, 16);
  while (harness.pull()) {
  }
  const auto frame = noisy(truth(), 99);
  ASSERT_EQ(push(harness, frame), GST_FLOW_OK);
  const auto out = harness.pull();
  ASSERT_TRUE(out);
  EXPECT_GT(psnr(seen_in(out.get(), info()).view(), truth().view()), psnr(frame.view(), truth().view()) + 2);
}

TEST_F(CleanAverage, PassesTheFramesItAverages) {
  RestoreHarness harness(averaging(30));
  open(harness);
  for (unsigned i = 0; i < 10; ++i) {
    ASSERT_EQ(push(harness, noisy(truth(), i)), GST_FLOW_OK);
    const auto out = harness.pull();
    ASSERT_TRUE(out);
    EXPECT_EQ(different_bytes(seen_in(out.get(), info()), noisy(truth(), i)), 0u);
  }
}

// Whoever waits for PROGRESS to end before PLAYING would wait for frames that come only then.
TEST_F(CleanAverage, TellsHowFarItIsAndBeginsProgressWithItsLastFrame) {
  RestoreHarness harness(averaging(5));
  open(harness);
  push_still(harness, 3);
  for (int count = 1; count <= 3; ++count) {
    const auto message = next_message(harness.bus(), GST_MESSAGE_ELEMENT | GST_MESSAGE_PROGRESS);
    ASSERT_TRUE(message && gst_message_has_name(message.get(), "firstframe-averaging"));
    gint64 counted = 0;
    EXPECT_TRUE(gst_structure_get_int64(gst_message_get_structure(message.get()), "count", &counted));
    EXPECT_EQ(counted, count);
  }
  for (unsigned i = 3; i < 5; ++i) ASSERT_EQ(push(harness, noisy(truth(), i)), GST_FLOW_OK);
  std::string all;
  while (const auto message = next_message(harness.bus(), GST_MESSAGE_PROGRESS)) {
    GstProgressType type;
    gchar* text = nullptr;
    gst_message_parse_progress(message.get(), &type, nullptr, &text);
    all += std::string(text) + "\n";
    g_free(text);
    if (type != GST_PROGRESS_TYPE_START && type != GST_PROGRESS_TYPE_CONTINUE) break;
  }
  EXPECT_THAT(all,
              testing::AllOf(testing::StartsWith("training linear\n"), testing::HasSubstr("averaging 5 of 5"),
                             testing::HasSubstr("the clean picture is the mean of 4 frames")));
}

TEST_F(CleanAverage, RefusesAPanAndNamesItsMotion) {
  RestoreHarness harness(averaging(16));
  open(harness);
  for (unsigned i = 0; i < 3; ++i) push(harness, noisy(truth(), i, 3 * i));
  const auto error = next_complaint(harness.bus());
  EXPECT_EQ(error.domain, GST_STREAM_ERROR);
  EXPECT_EQ(error.code, GST_STREAM_ERROR_FORMAT);
  EXPECT_THAT(error.text, testing::AllOf(testing::ContainsRegex("moved by (2.9|3|3.0|3.1)[0-9]* pixels"),
                                         testing::HasSubstr("give a clean picture")));
  // The bus hears of it a moment before the training thread has ended.
  while (harness.stat("training") == "running") std::this_thread::yield();
  EXPECT_EQ(push(harness, noisy(truth(), 4)), GST_FLOW_ERROR);
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_ERROR, 0)) << "one failure, one error";
}

TEST_F(CleanAverage, SaysThatTheStreamWasTooShort) {
  RestoreHarness harness(averaging(16));
  open(harness);
  push_still(harness, 7);
  EXPECT_TRUE(gst_harness_push_event(harness.get(), gst_event_new_eos()));
  EXPECT_THAT(next_complaint(harness.bus(), GST_MESSAGE_WARNING).text,
              testing::HasSubstr("after 7 of the 16 frames"));
}

// Were the frames before it kept, the scene would have moved.
TEST_F(CleanAverage, BeginsAgainAfterAFlush) {
  RestoreHarness harness(averaging(6));
  open(harness);
  push_still(harness, 3, truth(5));
  harness.flush();
  push_still(harness, 6);
  EXPECT_TRUE(harness.wait_until_live());
}

TEST_F(CleanAverage, BeginsAgainAfterReady) {
  RestoreHarness harness(averaging(6));
  open(harness);
  push_still(harness, 3, truth(5));
  gst_element_set_state(harness.element(), GST_STATE_READY);
  gst_element_set_state(harness.element(), GST_STATE_PLAYING);
  open(harness);
  push_still(harness, 6);
  EXPECT_TRUE(harness.wait_until_live());
}

TEST_F(CleanAverage, BeginsAgainWithFramesOfAnotherSize) {
  RestoreHarness harness(averaging(6));
  harness.set_caps(caps_text("GRAY8"));
  for (int i = 0; i < 3; ++i) harness.push(buffer_of(scene(kFrame), video_info_of(caps_text("GRAY8"))));
  open(harness);
  push_still(harness, 6);
  EXPECT_TRUE(harness.wait_until_live());
}

TEST_F(CleanAverage, RefusesWhatContradictsIt) {
  write_picture(folder_.file("clean.png"), truth().view());
  EXPECT_THAT(complaint_at_start(averaging(1)).text, testing::HasSubstr("2..250"));
  EXPECT_THAT(complaint_at_start(averaging(9) + PropertyTexts{{"untrained-policy", "hold"}}).text,
              testing::HasSubstr("use passthrough or drop"));
  EXPECT_THAT(
      complaint_at_start(averaging(9) + PropertyTexts{{"clean-location", folder_.file("clean.png")}}).text,
      testing::HasSubstr("is given as well"));
  EXPECT_THAT(complaint_at_start(averaging(9) + PropertyTexts{{"scale", "2"}}).text,
              testing::HasSubstr("leave scale at 0"));
}

}  // namespace
}  // namespace firstframe
