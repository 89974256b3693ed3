#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/elements/gst/frames.h"
#include "tests/elements/gst/gst_test.h"

namespace firstframe {
namespace {

// Runs a launch line to its end; "" or the first error.
std::string run(const std::string& line) {
  GError* error = nullptr;
  const ElementPtr pipeline(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(line.c_str(), &error))));
  EXPECT_FALSE(error) << error->message;
  const BusPtr bus(gst_element_get_bus(pipeline.get()));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  const auto end = next_message(bus.get(), GST_MESSAGE_EOS | GST_MESSAGE_ERROR, 60);
  std::string complaint = end ? "" : "no end within a minute";
  if (end && GST_MESSAGE_TYPE(end.get()) == GST_MESSAGE_ERROR) {
    GError* why = nullptr;
    gst_message_parse_error(end.get(), &why, nullptr);
    complaint = why->message;
    g_error_free(why);
  }
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  return complaint;
}

TEST(LaunchLine, TrainsOnTheFirstFrameRestoresAndSaves) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  EXPECT_EQ(
      run(text("videotestsrc num-buffers=20 pattern=smpte ! video/x-raw,format=GRAY8,width=64,height=48 ! "
               "firstframerestore clean-location=",
               folder.file("clean.png"),
               " untrained-policy=hold train-steps=60 patch=16 batch=2 threads=1 save-model-location=",
               folder.file("model.safetensors"), " ! fakesink")),
      "");
  EXPECT_EQ(read_model(folder.file("model.safetensors")).info.steps, 60);
}

// The second source gives more than the one picture that is taken.
TEST(LaunchLine, TrainsOnThePictureOfAnotherBranch) {
  const TestFolder folder;
  const std::string size = "video/x-raw,format=GRAY8,width=64,height=48 ! ";
  EXPECT_EQ(run(text("videotestsrc num-buffers=20 pattern=smpte ! ", size,
                     "firstframerestore name=restore restorer=linear untrained-policy=hold "
                     "save-model-location=",
                     folder.file("model.safetensors"), " ! fakesink videotestsrc num-buffers=20 pattern=smpte75 ! ",
                     size, "restore.clean")),
            "");
  EXPECT_EQ(read_model(folder.file("model.safetensors")).info.restorer, "linear");
}

// A model that is to be saved makes the end of the stream wait for the training, and for its error.
TEST(LaunchLine, RefusesToAverageABallThatMoves) {
  const TestFolder folder;
  EXPECT_THAT(run(text("videotestsrc num-buffers=40 pattern=ball ! video/x-raw,format=I420,width=128,height=96 ! "
                       "firstframerestore restorer=linear clean-average=30 save-model-location=",
                       folder.file("model.safetensors"), " ! fakesink")),
              testing::StartsWith("clean-average: "));
}

TEST(LaunchLine, RestoresWithASavedModelInEveryFormat) {
  const TestFolder folder;
  const auto model = folder.file("model.safetensors");
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  write_picture(folder.file("degraded.png"), scene_pair(kFrame).degraded.view());
  ASSERT_EQ(
      run(text("videotestsrc num-buffers=1 ! video/x-raw,format=GRAY8,width=64,height=48 ! firstframerestore "
               "restorer=linear clean-location=",
               folder.file("clean.png"), " degraded-location=", folder.file("degraded.png"),
               " save-model-location=", model, " ! fakesink")),
      "");
  for (const auto& format : format_names())
    EXPECT_EQ(run(text("videotestsrc num-buffers=5 ! video/x-raw,width=61,height=47,format=", format,
                       " ! firstframerestore model-location=", model, " ! videoconvert ! fakesink")),
              "")
        << format;
}

TEST(LaunchLine, GoesOnAfterACapsChange) {
  const TestFolder folder;
  write_picture(folder.file("clean.png"), scene(kFrame).view());
  EXPECT_EQ(
      run(text("concat name=c ! firstframerestore restorer=linear untrained-policy=hold clean-location=",
               folder.file("clean.png"),
               " ! fakesink "
               "videotestsrc num-buffers=3 ! video/x-raw,format=GRAY8,width=64,height=48 ! c. "
               "videotestsrc num-buffers=3 ! video/x-raw,format=GRAY16_LE,width=90,height=70 ! c.")),
      "");
}

// The source of the frames is told which size makes the size that is wanted.
TEST(LaunchLine, MakesLargerFramesFromALargerCleanPicture) {
  for (const std::int64_t scale : {2, 3}) {
    const TestFolder folder;
    const auto model = folder.file("model.safetensors");
    const Extent large{scale * kFrame.rows, scale * kFrame.cols};
    const auto size = text("width=", large.cols, ",height=", large.rows);
    write_picture(folder.file("clean.png"), scene(large).view());
    write_picture(folder.file("degraded.png"), small_pair(large, scale).degraded.view());
    ASSERT_EQ(
        run(text(
            "videotestsrc num-buffers=3 ! video/x-raw,format=I420,width=64,height=48 ! firstframerestore "
            "restorer=linear clean-location=",
            folder.file("clean.png"), " degraded-location=", folder.file("degraded.png"),
            " save-model-location=", model, " ! video/x-raw,format=I420,", size, " ! fakesink")),
        "");
    EXPECT_EQ(read_model(model).info.scale, scale);
    EXPECT_EQ(run(text("videotestsrc num-buffers=3 ! firstframerestore model-location=", model,
                       " ! video/x-raw,", size, " ! videoconvert ! fakesink")),
              "");
    EXPECT_NE(run(text("videotestsrc num-buffers=3 ! firstframerestore model-location=", model,
                       " ! video/x-raw,width=65,height=48 ! fakesink")),
              "")
        << "65 columns are no multiple of the scale";
  }
}

}  // namespace
}  // namespace firstframe
