// firstframemeasure and firstframedegrade together, as launch lines.

#include <cmath>

#include "tests/elements/gst/measure_harness.h"

namespace firstframe {
namespace {

ElementPtr pipeline_of(const std::string& line) {
  GError* error = nullptr;
  ElementPtr pipeline(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(line.c_str(), &error))));
  EXPECT_FALSE(error) << error->message;
  return pipeline;
}

// The averages of a run to its end; nothing after an error.
MessagePtr averages_of_a_run(GstElement* pipeline) {
  const BusPtr bus(gst_element_get_bus(pipeline));
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  MessagePtr average;
  while (auto message = next_message(bus.get(), GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT)) {
    if (GST_MESSAGE_TYPE(message.get()) != GST_MESSAGE_ELEMENT) break;
    if (gst_message_has_name(message.get(), "firstframe-measure-average")) average = std::move(message);
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
  return average;
}

std::string line(const std::string& source, const std::string& degradation) {
  return source + " ! video/x-raw,format=I420,width=96,height=80 ! tee name=t ! queue ! firstframedegrade " +
         degradation +
         " ! measure.sink t. ! queue ! measure.reference firstframemeasure name=measure ! fakesink";
}

TEST(MeasuredPipeline, FindsTheNoiseThatWasAddedInEveryRunAlike) {
  const auto pipeline =
      pipeline_of(line("videotestsrc num-buffers=12 pattern=gradient", "noise-sigma=10 seed=1"));
  double first = 0;
  for (int round = 0; round < 3; ++round) {
    const auto average = averages_of_a_run(pipeline.get());
    EXPECT_EQ(number_in(average, "frames"), 12);
    const double mean = number_in(average, "mean-psnr");
    EXPECT_NEAR(mean, 20 * std::log10(25.5), 0.1);
    EXPECT_TRUE(round == 0 || mean == first) << mean << " after " << first;
    first = mean;
  }
}

TEST(MeasuredPipeline, SaysThatAnUntouchedStreamIsIdentical) {
  const auto pipeline = pipeline_of(line("videotestsrc num-buffers=5 pattern=ball", ""));
  const auto average = averages_of_a_run(pipeline.get());
  EXPECT_EQ(number_in(average, "identical"), 5);
  EXPECT_EQ(number_in(average, "mean-ssim"), 1);
}

TEST(MeasuredPipeline, MeasuresEveryFrameOfALiveSource) {
  const auto pipeline =
      pipeline_of(line("videotestsrc num-buffers=6 is-live=true", "blur-sigma=1 noise-sigma=5"));
  const auto average = averages_of_a_run(pipeline.get());
  EXPECT_EQ(number_in(average, "frames") + number_in(average, "unmatched"), 6);
  EXPECT_GE(number_in(average, "frames"), 5) << "a busy machine may lose one";
}

TEST(MeasuredPipeline, RefusesTwoSizesOnce) {
  const auto pipeline = pipeline_of(
      "videotestsrc num-buffers=3 ! video/x-raw,format=RGB,width=64,height=48 ! measure.sink "
      "videotestsrc num-buffers=3 ! video/x-raw,format=RGB,width=32,height=48 ! measure.reference "
      "firstframemeasure name=measure ! fakesink");
  const BusPtr bus(gst_element_get_bus(pipeline.get()));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  EXPECT_THAT(next_complaint(bus.get()).text, testing::HasSubstr("RGB, 64 x 48"));
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
}

// Every round takes the element away from streams that run.
TEST(MeasuredPipeline, SurvivesStateCyclesAndSeeks) {
  const auto pipeline = pipeline_of(line("videotestsrc pattern=ball", "blur-sigma=1 noise-sigma=5"));
  const BusPtr bus(gst_element_get_bus(pipeline.get()));
  for (int round = 0; round < 20; ++round) {
    ASSERT_NE(gst_element_set_state(pipeline.get(), GST_STATE_PLAYING), GST_STATE_CHANGE_FAILURE);
    ASSERT_TRUE(next_message(bus.get(), GST_MESSAGE_ELEMENT)) << "no frame was measured in round " << round;
    if (round % 4 == 1) {
      gst_element_get_state(pipeline.get(), nullptr, nullptr, 10 * GST_SECOND);
      EXPECT_TRUE(gst_element_seek_simple(pipeline.get(), GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, GST_SECOND));
      while (next_message(bus.get(), GST_MESSAGE_ELEMENT, 0)) continue;
      ASSERT_TRUE(next_message(bus.get(), GST_MESSAGE_ELEMENT)) << "no frame was measured after the seek";
    }
    ASSERT_EQ(gst_element_set_state(pipeline.get(), round % 3 == 0 ? GST_STATE_READY : GST_STATE_NULL),
              GST_STATE_CHANGE_SUCCESS);
    gst_bus_set_flushing(bus.get(), TRUE);
    gst_bus_set_flushing(bus.get(), FALSE);
  }
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
}

}  // namespace
}  // namespace firstframe
