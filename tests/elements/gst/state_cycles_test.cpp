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

struct Learning {
  const char* name;
  const char* properties;
  const char* clean_branch;
};
void PrintTo(const Learning& learning, std::ostream* out) { *out << learning.name; }

class StateCyclesWith : public testing::TestWithParam<Learning> {};

// The clean branch that delivers nothing is linked to a source that is held back.
TEST_P(StateCyclesWith, AreQuickAndQuiet) {
  const auto& learning = GetParam();
  const std::string frames = "videotestsrc pattern=smpte ! video/x-raw,format=GRAY8,width=64,height=48 ! ";
  GError* error = nullptr;
  const ElementPtr pipeline(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(
      text(frames, "firstframerestore name=restore train-seconds=600 patch=16 batch=2 threads=1 ",
           learning.properties, " ! fakesink ", *learning.clean_branch ? frames : "", learning.clean_branch)
          .c_str(),
      &error))));
  ASSERT_FALSE(error) << error->message;
  const BusPtr bus(gst_element_get_bus(pipeline.get()));
  const auto began = g_get_monotonic_time();
  for (int round = 0; round < 20; ++round) {
    ASSERT_NE(gst_element_set_state(pipeline.get(), GST_STATE_PLAYING), GST_STATE_CHANGE_FAILURE);
    g_usleep(round % 4 * 10000);
    ASSERT_EQ(gst_element_set_state(pipeline.get(), round % 3 == 0 ? GST_STATE_READY : GST_STATE_NULL),
              GST_STATE_CHANGE_SUCCESS);
  }
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  EXPECT_LT(g_get_monotonic_time() - began, 60 * G_USEC_PER_SEC);
  const auto complaint = next_complaint(bus.get(), GST_MESSAGE_ERROR, 0);
  EXPECT_EQ(complaint.text, "");
}

INSTANTIATE_TEST_SUITE_P(
    Learning, StateCyclesWith,
    testing::Values(Learning{"clean_pad", "", "restore.clean"},
                    Learning{"clean_pad_under_hold", "untrained-policy=hold", "restore.clean"},
                    Learning{"silent_clean_pad", "",
                             "valve drop=true drop-mode=transform-to-gap ! restore.clean"},
                    Learning{"silent_clean_pad_under_hold", "untrained-policy=hold",
                             "valve drop=true drop-mode=transform-to-gap ! restore.clean"},
                    Learning{"clean_average", "clean-average=200", ""}),
    [](const auto& learning) { return std::string(learning.param.name); });

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
