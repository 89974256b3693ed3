#include <gst/check/gstharness.h>

#include "io/picture/picture.h"
#include "io/volume/section_source.h"
#include "tests/elements/gst/volume_pipelines.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string source_of(const TestFolder& folder, const std::string& more = "", StoredType stored = StoredType::int16) {
  if (!fs::exists(folder.file("in.mha"))) write_volume(folder.file("in.mha"), small_volume(stored));
  return text("firstframevolumesrc location=", folder.file("in.mha"), " ", more, " ! ");
}

std::string sink_of(const TestFolder& folder, const std::string& name = "out.mha") {
  return "firstframevolumesink location=" + folder.file(name) + " ";
}

bool has_draft(const TestFolder& folder, const std::string& name = "out.mha") { return fs::exists(folder.file(name + ".part")); }

// Every type and axis, through elements that know nothing of volumes.
TEST(VolumeSink, GivesTheVolumeBack) {
  for (const auto stored : {StoredType::int8, StoredType::uint8, StoredType::int16, StoredType::uint16})
    for (const auto* axis : {"x", "y", "z"}) {
      const TestFolder folder;
      EXPECT_EQ(run(source_of(folder, text("axis=", axis), stored) + "queue ! videoconvert ! tee ! " + sink_of(folder)).text, "");
      EXPECT_TRUE(content_of(folder.file("out.mha")) == content_of(folder.file("in.mha"))) << name_of(stored) << " " << axis;
      EXPECT_FALSE(has_draft(folder));
    }
}

TEST(VolumeSink, WritesTheFormatThatTheEndingSays) {
  const TestFolder folder;
  EXPECT_EQ(run(source_of(folder) + sink_of(folder, "out.nrrd")).text, "");
  const auto out = open_volume(folder.file("out.nrrd"));
  EXPECT_EQ(out->info().format, "NRRD");
  EXPECT_EQ(out->info().geometry, small_volume(StoredType::int16).geometry);
  EXPECT_EQ(out->info().stored, StoredType::int16);
}

TEST(VolumeSink, EnlargesTheGeometryWithTheSections) {
  const TestFolder folder;
  EXPECT_EQ(run(source_of(folder, "", StoredType::uint8) + "videoscale ! video/x-raw,width=74,height=60 ! " + sink_of(folder)).text, "");
  EXPECT_EQ(open_volume(folder.file("out.mha"))->info().geometry,
            enlarged(small_volume(StoredType::uint8).geometry, Axis::z, centred_upscale(2)));
}

TEST(VolumeSink, TakesFramesFromElsewhereWhenTheirNumberIsSaid) {
  const TestFolder folder;
  EXPECT_EQ(run("videotestsrc num-buffers=5 ! video/x-raw,format=GRAY16_LE,width=33,height=20 ! " + sink_of(folder) +
                "sections=5 spacing=\"<0.5, 1, 2.25>\"").text, "");
  const auto out = open_volume(folder.file("out.mha"));
  EXPECT_EQ(out->info().geometry.size, (std::array<std::int64_t, 3>{33, 20, 5}));
  EXPECT_EQ(out->info().geometry.spacing, (std::array<double, 3>{0.5, 1, 2.25}));
  EXPECT_EQ(out->info().stored, StoredType::uint16);
}

TEST(VolumeSink, WarnsWhenTheDepthChangedOnTheWay) {
  const TestFolder folder;
  Pipeline pipeline(source_of(folder) + "videoconvert ! video/x-raw,format=GRAY8 ! " + sink_of(folder));
  pipeline.set(GST_STATE_PLAYING);
  EXPECT_EQ(next_complaint(pipeline.bus(), GST_MESSAGE_WARNING).text,
            "The volume held int16, its sections arrive as GRAY8: uint8 is written.");
  EXPECT_EQ(pipeline.end().text, "");
  EXPECT_EQ(open_volume(folder.file("out.mha"))->info().stored, StoredType::uint8);
}

TEST(VolumeSink, LeavesADraftWhenSectionsAreMissing) {
  const TestFolder folder;
  const auto complaint = run(source_of(folder, "num-buffers=4") + sink_of(folder));
  EXPECT_EQ(complaint.domain, GST_STREAM_ERROR);
  EXPECT_EQ(complaint.code, GST_STREAM_ERROR_FORMAT);
  EXPECT_THAT(complaint.text, HasSubstr("ended after 4 of 6 sections"));
  EXPECT_FALSE(fs::exists(folder.file("out.mha")));
  EXPECT_TRUE(has_draft(folder));
}

TEST(VolumeSink, NamesTheSectionThatWasLost) {
  const TestFolder folder;
  Pipeline pipeline(source_of(folder) + "identity name=between ! " + sink_of(folder));
  lose(pipeline, 3);
  EXPECT_THAT(pipeline.run().text, HasSubstr("section 4 arrives, section 3 is next"));
  EXPECT_FALSE(fs::exists(folder.file("out.mha")));
}

// The first section shows what is missing; those between are not made again.
TEST(VolumeSink, GoesOnWithADraft) {
  for (const std::string queue : {"", "queue ! "}) {
    const TestFolder folder;
    const auto line = source_of(folder) + "identity name=between ! " + queue + sink_of(folder);
    {
      Pipeline stopped(line);
      lose(stopped, 4);
      EXPECT_THAT(stopped.run().text, HasSubstr("section 5 arrives, section 4 is next"));
    }
    ASSERT_TRUE(has_draft(folder));
    Pipeline resumed(line + "resume=true name=sink");
    int written = 0;
    g_object_set(resumed.element("between").get(), "signal-handoffs", TRUE, nullptr);
    const auto count = +[](GstElement*, GstBuffer*, gpointer data) { ++*static_cast<int*>(data); };
    g_signal_connect(resumed.element("between").get(), "handoff", G_CALLBACK(count), &written);
    EXPECT_EQ(resumed.run().text, "");
    EXPECT_TRUE(!queue.empty() || written == 3) << written << " instead of the first, and two that were missing";
    EXPECT_TRUE(content_of(folder.file("out.mha")) == content_of(folder.file("in.mha")));
    EXPECT_FALSE(has_draft(folder));
  }
}

TEST(VolumeSink, GoesOnWithTheDraftOfTheSamePipelineAlone) {
  const TestFolder folder;
  const auto source = source_of(folder, "num-buffers=4");
  EXPECT_THAT(run(source + sink_of(folder)).text, HasSubstr("ended after 4 of 6 sections"));
  for (const auto* other : {"firstframedegrade noise-sigma=3 ! ", "queue ! "}) {
    const auto complaint = run(source + other + sink_of(folder) + "resume=true");
    EXPECT_EQ(complaint.code, GST_RESOURCE_ERROR_SETTINGS);
    EXPECT_THAT(complaint.text, HasSubstr("made from another input, model or settings"));
  }
  const auto changed = fs::last_write_time(folder.file("in.mha"));
  fs::last_write_time(folder.file("in.mha"), changed + std::chrono::seconds(5));
  EXPECT_EQ(run(source + sink_of(folder) + "resume=true").code, GST_RESOURCE_ERROR_SETTINGS) << "the input has changed";
  fs::last_write_time(folder.file("in.mha"), changed);
  EXPECT_EQ(run(source + sink_of(folder) + "resume=true").text, "") << "four more buffers from the missing section on";
}

// Another training gives other weights: half of a volume from each would not fit together.
TEST(VolumeSink, GoesOnWithNoDraftOfAPipelineThatTrains) {
  const TestFolder folder;
  const auto source = source_of(folder, "", StoredType::uint16);
  auto clean = open_volume(folder.file("in.mha"))->read(0);
  clean.samples<std::uint16_t>()[100] ^= 64;  // a pair of equals is refused
  write_picture(folder.file("clean.png"), clean.view());
  const auto complaint = run(source + "firstframerestore clean-location=" + folder.file("clean.png") + " ! " + sink_of(folder) + "resume=true");
  EXPECT_EQ(complaint.code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_THAT(complaint.text, HasSubstr("learns while it runs"));
  EXPECT_THAT(complaint.text, HasSubstr("model-location"));
}

// Stopped before its end, and played again in the same pipeline.
TEST(VolumeSink, HasNoNameBeforeTheEndOfTheStream) {
  const TestFolder folder;
  Pipeline pipeline(source_of(folder, "framerate=2/1") + sink_of(folder) + "sync=true");
  ASSERT_TRUE(pipeline.reaches(GST_STATE_PLAYING));
  while (!has_draft(folder)) g_usleep(10000);
  EXPECT_TRUE(pipeline.reaches(GST_STATE_READY));
  EXPECT_FALSE(fs::exists(folder.file("out.mha")));
  EXPECT_TRUE(has_draft(folder));
  pipeline.reaches(GST_STATE_NULL);
  EXPECT_EQ(run(source_of(folder) + sink_of(folder)).text, "");
  EXPECT_TRUE(content_of(folder.file("out.mha")) == content_of(folder.file("in.mha")));
}

TEST(VolumeSink, WritesTheSameAgainAfterReadyAndAfterASeek) {
  const TestFolder folder;
  Pipeline pipeline(source_of(folder) + sink_of(folder));
  EXPECT_EQ(pipeline.run().text, "");
  pipeline.reaches(GST_STATE_READY);
  fs::remove(folder.file("out.mha"));
  EXPECT_EQ(pipeline.run().text, "");
  EXPECT_TRUE(content_of(folder.file("out.mha")) == content_of(folder.file("in.mha")));
  fs::remove(folder.file("out.mha"));
  ASSERT_TRUE(gst_element_seek_simple(pipeline.get(), GST_FORMAT_DEFAULT, GST_SEEK_FLAG_FLUSH, 0));
  EXPECT_EQ(pipeline.end().text, "");
  EXPECT_TRUE(content_of(folder.file("out.mha")) == content_of(folder.file("in.mha")));
}

// A flush while sections wait: those that are written stay, the others come again.
TEST(VolumeSink, OutlivesASeekToTheBeginning) {
  const TestFolder folder;
  Pipeline pipeline(source_of(folder, "framerate=10/1") + "queue ! " + sink_of(folder) + "sync=true");
  ASSERT_TRUE(pipeline.reaches(GST_STATE_PLAYING));
  while (!has_draft(folder)) g_usleep(10000);
  ASSERT_TRUE(gst_element_seek_simple(pipeline.get(), GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, 0));
  EXPECT_EQ(pipeline.end().text, "");
  EXPECT_TRUE(content_of(folder.file("out.mha")) == content_of(folder.file("in.mha")));
}

struct Refusal {
  std::string line;
  GQuark domain;
  int code;
  std::string says;
};

TEST(VolumeSink, SaysWhatItCannotWrite) {
  const TestFolder folder;
  const auto frames = [](const std::string& format) { return "videotestsrc num-buffers=3 ! video/x-raw,width=33,height=20,format=" + format + " ! "; };
  const Refusal refusals[] = {
      {frames("GRAY8") + "firstframevolumesink", GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, "set location"},
      {frames("GRAY8") + sink_of(folder), GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "set sections=N"},
      {frames("GRAY8") + sink_of(folder) + "sections=2", GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT, "the volume has 2"},
      {frames("GRAY8") + sink_of(folder, "none/out.mha") + "sections=3", GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE, "none"},
      {frames("GRAY8") + sink_of(folder, "out.xyz") + "sections=3", GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "\".xyz\""},
      {"videotestsrc num-buffers=0 ! video/x-raw,format=GRAY8 ! " + sink_of(folder), GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
       "before its first section"},
      {source_of(folder) + sink_of(folder, "in.mha"), GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "is the input itself"},
      {source_of(folder) + "videoscale ! video/x-raw,width=50,height=60 ! " + sink_of(folder), GST_STREAM_ERROR,
       GST_STREAM_ERROR_FORMAT, "sections of 60 x 50 arrive, those of"},
      {source_of(folder) + sink_of(folder, "full.mha") + "sections=9000000000000", GST_RESOURCE_ERROR,
       GST_RESOURCE_ERROR_NO_SPACE_LEFT, "the disk is full"},
  };
  for (const auto& refusal : refusals) {
    const auto complaint = run(refusal.line);
    EXPECT_EQ(complaint.domain, refusal.domain) << refusal.line << ": " << complaint.text;
    EXPECT_EQ(complaint.code, refusal.code) << refusal.line << ": " << complaint.text;
    EXPECT_THAT(complaint.text, HasSubstr(refusal.says)) << refusal.line;
  }
  EXPECT_FALSE(fs::exists(folder.file("out.mha")));
}

TEST(VolumeSink, RefusesAnEventThatLacksAField) {
  const TestFolder folder;
  const BusPtr bus(gst_bus_new());
  auto* sink = gst_harness_new_parse(sink_of(folder).c_str());
  gst_element_set_bus(sink->element, bus.get());
  gst_harness_set_src_caps_str(sink, "video/x-raw,format=GRAY8,width=8,height=8,framerate=25/1");
  const auto tell = [&](GstStructure* fields) {
    gst_harness_push_event(sink, gst_event_new_custom(GST_EVENT_CUSTOM_DOWNSTREAM_STICKY, fields));
  };
  tell(gst_structure_new_empty("another-event"));
  EXPECT_EQ(next_complaint(bus.get(), GST_MESSAGE_ERROR, 0).text, "");
  tell(gst_structure_new("firstframe-volume", "uri", G_TYPE_STRING, "file:///eye.mha", nullptr));
  EXPECT_EQ(next_complaint(bus.get(), GST_MESSAGE_ERROR, 0).text, "firstframe-volume: the event's field format is missing or has another type");
  gst_element_set_bus(sink->element, nullptr);
  gst_harness_teardown(sink);
}

TEST(VolumeSink, TakesGreyFramesOnly) {
  const TestFolder folder;
  auto* harness = gst_harness_new_parse(sink_of(folder).c_str());
  const auto takes = [&](const std::string& format) {
    const CapsPtr caps(gst_caps_from_string(("video/x-raw,framerate=25/1,width=8,height=8,format=" + format).c_str()));
    return gst_pad_query_accept_caps(GST_PAD_PEER(harness->srcpad), caps.get());
  };
  EXPECT_TRUE(takes("GRAY8"));
  EXPECT_TRUE(takes("GRAY16_LE"));
  EXPECT_FALSE(takes("RGB"));
  EXPECT_FALSE(takes("I420"));
  gst_harness_teardown(harness);
}

}  // namespace
}  // namespace firstframe
