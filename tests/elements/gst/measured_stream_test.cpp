// What firstframemeasure promises of a stream: which frames belong together, averages, ends, flushes, live sources.

#include <cmath>

#include "tests/elements/gst/measure_harness.h"

namespace firstframe {
namespace {

const double kTenApart = 20 * std::log10(255 / 10.0);  // dB
const double kTwentyApart = 20 * std::log10(255 / 20.0);

// One pair of planes whose values lie `difference` apart, passed.
void pass_pair(MeasureHarness& harness, int n, int difference) {
  harness.push_tested(grey_plane(static_cast<std::uint8_t>(100 + difference)), n);
  harness.push_reference(grey_plane(100), n);
  ASSERT_TRUE(harness.pull());
}

TEST(MeasuredStream, GivesItsAveragesAtTheEnd) {
  MeasureHarness harness;
  const int differences[] = {10, 0, 20, 10};
  for (int n = 0; n < 4; ++n) pass_pair(harness, n, differences[n]);
  harness.end_tested();
  harness.end_reference();
  const auto average = harness.message("firstframe-measure-average");
  EXPECT_EQ(number_in(average, "frames"), 4);
  EXPECT_EQ(number_in(average, "identical"), 1);
  EXPECT_EQ(number_in(average, "unmatched"), 0);
  EXPECT_EQ(number_in(average, "unmatched-reference"), 0);
  EXPECT_NEAR(number_in(average, "mean-psnr"), (2 * kTenApart + kTwentyApart) / 3, 1e-4);
  EXPECT_NEAR(number_in(average, "min-psnr"), kTwentyApart, 1e-4);
  EXPECT_EQ(number_in(average, "min-psnr-time"), 80 * GST_MSECOND);
  EXPECT_GT(number_in(average, "mean-ssim"), 0.98);
  EXPECT_LT(number_in(average, "mean-ssim"), 1);
  EXPECT_TRUE(harness.ends());
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_WARNING, 0));
}

TEST(MeasuredStream, TellsItsAveragesOnTheWay) {
  MeasureHarness harness;
  EXPECT_EQ(stat(harness.element(), "frames"), 0);
  EXPECT_EQ(stat(harness.element(), "mean-ssim"), -1) << "nothing to be a mean of";
  pass_pair(harness, 0, 0);
  EXPECT_EQ(stat(harness.element(), "identical"), 1);
  EXPECT_EQ(stat(harness.element(), "mean-ssim"), 1);
  EXPECT_EQ(stat(harness.element(), "mean-psnr"), -1) << "identical frames have none";
  pass_pair(harness, 1, 10);
  EXPECT_NEAR(stat(harness.element(), "mean-psnr"), kTenApart, 1e-4);
}

TEST(MeasuredStream, PairsFramesThatLieWithinHalfAFrame) {
  MeasureHarness harness;
  const GstClockTime offs[] = {0, 19 * GST_MSECOND};
  for (const auto off : offs) {
    harness.push_tested(grey_plane(110), 1);
    harness.push_reference(grey_plane(100), 1, off);
    ASSERT_TRUE(harness.pull());
  }
  EXPECT_EQ(stat(harness.element(), "frames"), 2);
  harness.push_tested(grey_plane(110), 2);
  harness.push_reference(grey_plane(100), 2, 21 * GST_MSECOND);
  ASSERT_TRUE(harness.pull());
  EXPECT_EQ(stat(harness.element(), "frames"), 2);
  EXPECT_EQ(stat(harness.element(), "unmatched"), 1);
}

// Time stamps that begin at an hour mean the same moment when the segment does.
TEST(MeasuredStream, PairsFramesByRunningTime) {
  MeasureHarness harness;
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.start = 3600 * GST_SECOND;
  gst_harness_push_event(harness.reference(), gst_event_new_segment(&segment));
  for (int n = 0; n < 2; ++n) {
    harness.push_tested(grey_plane(110), n);
    harness.push_reference(grey_plane(100), n, segment.start);
    ASSERT_TRUE(harness.pull());
  }
  EXPECT_EQ(stat(harness.element(), "frames"), 2);
}

TEST(MeasuredStream, PassesFramesWithoutAReferenceAndCountsThem) {
  MeasureHarness harness;
  // 0 and 3 on both, 1 tested only, 2 on the reference only
  pass_pair(harness, 0, 10);
  harness.push_tested(grey_plane(1), 1);
  harness.push_reference(grey_plane(2), 2);
  ASSERT_TRUE(harness.pull());
  pass_pair(harness, 3, 10);
  EXPECT_EQ(stat(harness.element(), "frames"), 2);
  EXPECT_EQ(stat(harness.element(), "unmatched"), 1);
  EXPECT_EQ(stat(harness.element(), "unmatched-reference"), 1);
  harness.message("firstframe-measure");
  const auto last = harness.message("firstframe-measure");
  EXPECT_EQ(number_in(last, "frame"), 2) << "numbers count tested frames, measured or not";
  EXPECT_EQ(number_in(last, "running-time"), 120 * GST_MSECOND);
}

TEST(MeasuredStream, GoesOnUnmeasuredWhereTheReferenceEndsEarly) {
  MeasureHarness harness;
  pass_pair(harness, 0, 10);
  harness.end_reference();
  for (int n = 1; n < 4; ++n) {
    harness.push_tested(grey_plane(1), n);
    ASSERT_TRUE(harness.pull());
  }
  harness.end_tested();
  EXPECT_TRUE(harness.ends());
  EXPECT_EQ(stat(harness.element(), "frames"), 1);
  EXPECT_EQ(stat(harness.element(), "unmatched"), 3);
  EXPECT_EQ(next_complaint(harness.bus(), GST_MESSAGE_WARNING).text,
            "The reference ended before the stream did; from running time 0:00:00.040000000 on frames pass "
            "unmeasured.");
  EXPECT_FALSE(next_message(harness.bus(), GST_MESSAGE_WARNING, 0)) << "it is said once";
}

TEST(MeasuredStream, EndsWhereTheTestedOneDoes) {
  MeasureHarness harness;
  pass_pair(harness, 0, 10);
  harness.end_tested();
  harness.push_reference(grey_plane(100), 1);  // there is more of it
  EXPECT_TRUE(harness.ends());
  EXPECT_EQ(number_in(harness.message("firstframe-measure-average"), "frames"), 1);
}

TEST(MeasuredStream, EndsWithoutAFrameToo) {
  MeasureHarness harness;
  harness.end_reference();
  harness.end_tested();
  EXPECT_TRUE(harness.ends());
  EXPECT_EQ(number_in(harness.message("firstframe-measure-average"), "frames"), 0);
}

// As a seek brings it: on both pads, with one sequence number.
TEST(MeasuredStream, BeginsItsAveragesAnewAfterAFlush) {
  MeasureHarness harness;
  pass_pair(harness, 0, 10);
  pass_pair(harness, 1, 20);
  const auto flush = [&](GstEvent* event) {
    gst_event_set_seqnum(event, 77);
    gst_harness_push_event(harness.reference(), gst_event_ref(event));
    gst_harness_push_event(harness.tested(), event);
  };
  flush(gst_event_new_flush_start());
  flush(gst_event_new_flush_stop(TRUE));
  EXPECT_EQ(stat(harness.element(), "frames"), 0);
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  gst_harness_push_event(harness.reference(), gst_event_new_segment(&segment));
  gst_harness_push_event(harness.tested(), gst_event_new_segment(&segment));
  while (next_message(harness.bus(), GST_MESSAGE_ELEMENT, 0)) continue;
  pass_pair(harness, 0, 10);
  EXPECT_EQ(stat(harness.element(), "frames"), 1);
  EXPECT_EQ(number_in(harness.message("firstframe-measure"), "frame"), 0);
}

TEST(MeasuredStream, HasTheCapsSegmentAndTagsOfTheTestedOne) {
  const auto caps = caps_text("I420", kFrame, ",colorimetry=bt709,chroma-site=mpeg2,pixel-aspect-ratio=4/3");
  MeasureHarness harness(caps, caps_text("I420"));
  gst_harness_push_event(harness.tested(),
                         gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "tested", nullptr)));
  gst_harness_push_event(harness.reference(),
                         gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "reference", nullptr)));
  pass_pair(harness, 0, 10);
  auto* pad = gst_element_get_static_pad(harness.element(), "src");
  const CapsPtr out(gst_pad_get_current_caps(pad)), in(gst_caps_from_string(caps.c_str()));
  EXPECT_TRUE(gst_caps_is_subset(out.get(), in.get()));
  auto* event = gst_pad_get_sticky_event(pad, GST_EVENT_TAG, 0);
  ASSERT_TRUE(event);
  GstTagList* tags = nullptr;
  gst_event_parse_tag(event, &tags);
  gchar* title = nullptr;
  gst_tag_list_get_string(tags, GST_TAG_TITLE, &title);
  EXPECT_STREQ(title, "tested");
  g_free(title);
  gst_event_unref(event);
  gst_object_unref(pad);
}

// The old reference of a frame that was lost on the way is no reason to refuse.
TEST(MeasuredStream, MayChangeInSizeOnTheWay) {
  MeasureHarness harness;
  pass_pair(harness, 0, 10);
  harness.push_reference(grey_plane(100), 1);
  const Extent larger{70, 90};
  harness.set_caps(caps_text("GRAY8", larger));
  harness.push_tested(grey_plane(120, larger), 2);
  harness.push_reference(grey_plane(100, larger), 2);
  ASSERT_TRUE(harness.pull());
  EXPECT_EQ(stat(harness.element(), "frames"), 2);
  EXPECT_EQ(stat(harness.element(), "unmatched-reference"), 1);
  EXPECT_NEAR(stat(harness.element(), "min-psnr"), kTwentyApart, 1e-4);
}

TEST(MeasuredStream, PassesGapsOn) {
  MeasureHarness harness;
  pass_pair(harness, 0, 10);
  gst_harness_push_event(harness.tested(), gst_event_new_gap(40 * GST_MSECOND, 40 * GST_MSECOND));
  gst_harness_push_event(harness.reference(), gst_event_new_gap(40 * GST_MSECOND, 40 * GST_MSECOND));
  pass_pair(harness, 2, 10);
  EXPECT_EQ(stat(harness.element(), "frames"), 2);
  EXPECT_EQ(stat(harness.element(), "unmatched-reference"), 0);
  int gaps = 0;
  while (auto* event = gst_harness_try_pull_event(harness.tested())) {
    gaps += GST_EVENT_TYPE(event) == GST_EVENT_GAP;
    gst_event_unref(event);
  }
  EXPECT_EQ(gaps, 1);
}

// The harness's clock stands still until it is moved to what is waited for.
TEST(MeasuredStream, DoesNotWaitForAReferenceThatStaysAwayFromALivePipeline) {
  MeasureHarness harness(caps_text("GRAY8"), {}, MeasureHarness::Source::live);
  for (int n = 0; n < 3; ++n) {
    harness.push_tested(grey_plane(1), n);
    ASSERT_TRUE(gst_harness_crank_single_clock_wait(harness.tested()));
    ASSERT_TRUE(harness.pull());
  }
  harness.end_tested();
  ASSERT_TRUE(gst_harness_crank_single_clock_wait(harness.tested()));  // for a time that is past
  EXPECT_TRUE(harness.ends());
  EXPECT_EQ(stat(harness.element(), "unmatched"), 3);
}

TEST(MeasuredStream, GoesOnMeasuringAfterALateReferenceOfALivePipeline) {
  MeasureHarness harness(caps_text("GRAY8"), {}, MeasureHarness::Source::live);
  harness.push_tested(grey_plane(1), 0);
  ASSERT_TRUE(gst_harness_crank_single_clock_wait(harness.tested()));
  ASSERT_TRUE(harness.pull());
  harness.push_tested(grey_plane(110), 1);
  harness.push_reference(grey_plane(1), 0);
  harness.push_reference(grey_plane(100), 1);
  ASSERT_TRUE(harness.pull());
  EXPECT_EQ(stat(harness.element(), "frames"), 1);
  EXPECT_EQ(stat(harness.element(), "unmatched"), 1);
  EXPECT_EQ(stat(harness.element(), "unmatched-reference"), 1);
}

// A frame is waited for that long.
TEST(MeasuredStream, AddsAFrameOfLatency) {
  MeasureHarness harness(caps_text("GRAY8"), {}, MeasureHarness::Source::live);
  gst_harness_set_upstream_latency(harness.tested(), 100 * GST_MSECOND);
  gst_harness_set_upstream_latency(harness.reference(), 100 * GST_MSECOND);
  pass_pair(harness, 0, 10);
  EXPECT_EQ(gst_harness_query_latency(harness.tested()), 140 * GST_MSECOND);
}

TEST(MeasuredStream, WarnsWhereNothingIsLinkedToTheReference) {
  const ElementPtr element(
      GST_ELEMENT(gst_object_ref_sink(gst_element_factory_make("firstframemeasure", nullptr))));
  const BusPtr bus(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  gst_element_set_state(element.get(), GST_STATE_PAUSED);
  EXPECT_EQ(next_complaint(bus.get(), GST_MESSAGE_WARNING).text,
            "Nothing is linked to the pad reference; frames wait until the clean stream is.");
  gst_element_set_state(element.get(), GST_STATE_NULL);
  gst_element_set_bus(element.get(), nullptr);
}

}  // namespace
}  // namespace firstframe
