// OpenCV's elements and ours in one process: two numerical libraries, two OpenMP users, one clean end.

#include <cstdlib>

#include "io/picture/picture.h"
#include "tests/elements/gst/frames.h"

namespace firstframe {
namespace {

constexpr Extent kSmall{48, 64};

// Trains on two pictures and restores frames that OpenCV has found edges in.
std::string launch_line(const TestFolder& folder, const std::string& restorer) {
  const auto pair = scene_pair(kSmall);
  write_picture(folder.file("clean.png"), pair.clean.view());
  write_picture(folder.file("degraded.png"), pair.degraded.view());
  return text("videotestsrc num-buffers=5 ! video/x-raw,width=64,height=48 ! videoconvert ! edgedetect ! videoconvert ! "
              "video/x-raw,format=I420 ! firstframerestore restorer=", restorer, " train-steps=20 patch=15 threads=2 "
              "untrained-policy=hold clean-location=", folder.file("clean.png"), " degraded-location=",
              folder.file("degraded.png"), " ! videoconvert ! cvsmooth ! fakesink");
}

bool has_opencv() {
  auto* factory = gst_element_factory_find("edgedetect");
  if (factory) gst_object_unref(factory);
  return factory != nullptr;
}

class OpenCvNeighbour : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!has_opencv()) GTEST_SKIP() << "OpenCV's elements are not installed: apt-get install gstreamer1.0-opencv";
  }
  TestFolder folder_;
};

// That this program ends cleanly after it is CTest's to see.
TEST_P(OpenCvNeighbour, SharesAProcessWithOurs) {
  GError* error = nullptr;
  const ElementPtr pipeline(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(launch_line(folder_, GetParam()).c_str(), &error))));
  ASSERT_FALSE(error) << error->message;
  const BusPtr bus(gst_element_get_bus(pipeline.get()));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  const auto end = next_message(bus.get(), GST_MESSAGE_EOS | GST_MESSAGE_ERROR, 60);
  ASSERT_TRUE(end);
  EXPECT_EQ(GST_MESSAGE_TYPE(end.get()), GST_MESSAGE_EOS);
  EXPECT_EQ(gst_element_set_state(pipeline.get(), GST_STATE_NULL), GST_STATE_CHANGE_SUCCESS);
}

TEST_P(OpenCvNeighbour, LetsGstLaunchEndCleanly) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "gst-launch-1.0 is not built with the sanitizer that the plugin needs";
#endif
  EXPECT_EQ(std::system(("gst-launch-1.0 -q " + launch_line(folder_, GetParam())).c_str()), 0);
}

INSTANTIATE_TEST_SUITE_P(Of, OpenCvNeighbour, testing::Values("linear", "residual", "rnn"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace firstframe
