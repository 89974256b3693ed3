#include "io/picture/picture.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

class StateCycles : public testing::TestWithParam<const char*> {};

// Every round begins a training that would take minutes and takes the element away from it.
TEST_P(StateCycles, AreQuickWhileTrainingsRun) {
  constexpr int kRounds = 50;
  const TestFolder folder;
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  GError* error = nullptr;
  const ElementPtr pipeline(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(
      text("videotestsrc pattern=smpte ! video/x-raw,format=GRAY8,width=64,height=48 ! firstframerestore "
           "clean-location=",
           folder.file("clean.png"),
           " train-seconds=600 patch=16 batch=2 threads=1 untrained-policy=", GetParam(), " ! fakesink")
          .c_str(),
      &error))));
  ASSERT_FALSE(error) << error->message;
  const BusPtr bus(gst_element_get_bus(pipeline.get()));

  const auto began = g_get_monotonic_time();
  for (int round = 0; round < kRounds; ++round) {
    ASSERT_NE(gst_element_set_state(pipeline.get(), GST_STATE_PLAYING), GST_STATE_CHANGE_FAILURE);
    ASSERT_TRUE(next_message(bus.get(), GST_MESSAGE_PROGRESS | GST_MESSAGE_ERROR)) << "round " << round;
    if (round % 2 == 0) g_usleep(20000);  // also in the middle of the training
    ASSERT_EQ(gst_element_set_state(pipeline.get(), round % 3 == 0 ? GST_STATE_READY : GST_STATE_NULL),
              GST_STATE_CHANGE_SUCCESS);
  }
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  EXPECT_LT(g_get_monotonic_time() - began, 120 * G_USEC_PER_SEC);
}

INSTANTIATE_TEST_SUITE_P(Policy, StateCycles, testing::Values("passthrough", "hold", "drop"),
                         [](const auto& policy) { return std::string(policy.param); });

TEST(StateCyclesOf, AnElementThatCouldNotStartLetItStartAfterwards) {
  const TestFolder folder;
  const auto element = make_element({{"clean-location", folder.file("clean.png")}});
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  gst_element_set_state(element.get(), GST_STATE_NULL);
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  EXPECT_EQ(gst_element_set_state(element.get(), GST_STATE_PAUSED), GST_STATE_CHANGE_SUCCESS);
  gst_element_set_state(element.get(), GST_STATE_NULL);
}

}  // namespace
}  // namespace firstframe
