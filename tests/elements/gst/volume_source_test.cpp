#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include <cstring>
#include <set>

#include "io/volume/section_source.h"
#include "tests/elements/gst/volume_pipelines.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSections = 6;

std::string volume_in(const TestFolder& folder, StoredType stored = StoredType::int16, const std::string& name = "in.mha") {
  write_volume(folder.file(name), small_volume(stored, kSections));
  return folder.file(name);
}

/// A playing firstframevolumesrc and what comes out of it.
class SourceHarness {
 public:
  explicit SourceHarness(const std::string& properties)
      : harness_(gst_harness_new_parse(("firstframevolumesrc " + properties).c_str())) {
    gst_harness_play(harness_);
  }
  ~SourceHarness() { gst_harness_teardown(harness_); }
  SourceHarness(const SourceHarness&) = delete;
  SourceHarness& operator=(const SourceHarness&) = delete;

  GstHarness* get() { return harness_; }
  BufferPtr pull() { return BufferPtr(gst_harness_pull(harness_)); }
  GstVideoInfo info() {
    GstVideoInfo info;
    auto* caps = gst_pad_get_current_caps(harness_->sinkpad);
    EXPECT_TRUE(caps && gst_video_info_from_caps(&info, caps));
    gst_clear_caps(&caps);
    return info;
  }
  /// The next section's number, before a flush arrives old ones too.
  guint64 offset() { return GST_BUFFER_OFFSET(pull().get()); }
  bool seek(gdouble rate, GstFormat format, gint64 start, gint64 stop = -1) {
    const bool done = gst_harness_push_upstream_event(
        harness_, gst_event_new_seek(rate, format, GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET, start,
                                     stop < 0 ? GST_SEEK_TYPE_NONE : GST_SEEK_TYPE_SET, stop));
    return done;
  }

 private:
  GstHarness* harness_;
};

bool holds(GstBuffer* buffer, GstVideoInfo info, const Section& section) {
  GstVideoFrame frame;
  if (!gst_video_frame_map(&frame, &info, buffer, GST_MAP_READ)) return false;
  bool is_same = true;
  const auto row_bytes = static_cast<std::size_t>(section.extent().cols * bytes_per_sample(section.type()));
  for (std::int64_t row = 0; row < section.extent().rows; ++row)
    is_same = is_same && std::memcmp(static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0)) +
                                         row * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0),
                                     section.view().at(0, row), row_bytes) == 0;
  gst_video_frame_unmap(&frame);
  return is_same;
}

struct Look {
  StoredType stored;
  GstVideoFormat format;
};

TEST(VolumeSource, GivesSectionsAsTheyAreStoredWithTimesAndNumbers) {
  for (const auto& [stored, format] : {Look{StoredType::int8, GST_VIDEO_FORMAT_GRAY8}, {StoredType::uint8, GST_VIDEO_FORMAT_GRAY8},
                                       {StoredType::int16, GST_VIDEO_FORMAT_GRAY16_LE}, {StoredType::uint16, GST_VIDEO_FORMAT_GRAY16_LE}})
    for (const auto axis : {Axis::x, Axis::y, Axis::z}) {
      const TestFolder folder;
      const auto path = volume_in(folder, stored);
      VolumeOptions options;
      options.axis = axis;
      const auto expected = open_volume(path, options);
      SourceHarness source(text("location=", path, " axis=", name_of(axis), " framerate=30000/1001"));
      for (std::int64_t i = 0; i < expected->count(); ++i) {
        const auto buffer = source.pull();
        const auto info = source.info();
        EXPECT_EQ(GST_VIDEO_INFO_FORMAT(&info), format);
        EXPECT_EQ(info.fps_n, 30000);
        ASSERT_EQ(Extent({info.height, info.width}), expected->extent());
        ASSERT_TRUE(holds(buffer.get(), info, expected->read(i))) << name_of(stored) << " " << name_of(axis) << " " << i;
        EXPECT_EQ(GST_BUFFER_OFFSET(buffer.get()), static_cast<guint64>(i));
        EXPECT_EQ(GST_BUFFER_PTS(buffer.get()), static_cast<guint64>(i) * 1001 * GST_SECOND / 30000);
      }
      for (int i = 0; i < 100 && !gst_harness_try_pull_event(source.get()); ++i) g_usleep(1000);
    }
}

TEST(VolumeSource, TellsWhatTheVolumeIs) {
  const TestFolder folder;
  const auto path = volume_in(folder);
  SourceHarness source("axis=y location=" + path);
  ASSERT_TRUE(source.pull());
  bool has_event = false;
  std::set<std::string> comments;
  while (auto* event = gst_harness_try_pull_event(source.get())) {
    if (gst_event_has_name(event, "firstframe-volume")) {
      has_event = true;
      const auto* structure = gst_event_get_structure(event);
      EXPECT_STREQ(gst_structure_get_string(structure, "axis"), "y");
      EXPECT_STREQ(gst_structure_get_string(structure, "stored-type"), "int16");
      gdouble offset = 0;
      gint64 sections = 0;
      EXPECT_TRUE(gst_structure_get(structure, "sample-offset", G_TYPE_DOUBLE, &offset, "sections", G_TYPE_INT64, &sections, nullptr));
      EXPECT_EQ(offset, 32768);
      EXPECT_EQ(sections, 30);
      const auto* spacing = gst_structure_get_value(structure, "spacing");
      ASSERT_TRUE(spacing);
      EXPECT_EQ(g_value_get_double(gst_value_array_get_value(spacing, 1)), 0.75);
    }
    if (GST_EVENT_TYPE(event) == GST_EVENT_TAG) {
      GstTagList* tags = nullptr;
      gst_event_parse_tag(event, &tags);
      for (guint i = 0; i < gst_tag_list_get_tag_size(tags, GST_TAG_EXTENDED_COMMENT); ++i) {
        const gchar* comment = nullptr;
        gst_tag_list_peek_string_index(tags, GST_TAG_EXTENDED_COMMENT, i, &comment);
        comments.insert(comment);
      }
    }
    gst_event_unref(event);
  }
  EXPECT_TRUE(has_event);
  EXPECT_TRUE(comments.contains("ScanPattern=radial lines")) << comments.size();
}

TEST(VolumeSource, SaysHowLongItIsInTimeAndInSections) {
  const TestFolder folder;
  Pipeline pipeline("firstframevolumesrc framerate=10/1 location=" + volume_in(folder) + " ! fakesink");
  ASSERT_TRUE(pipeline.reaches(GST_STATE_PAUSED));
  gint64 duration = 0;
  EXPECT_TRUE(gst_element_query_duration(pipeline.get(), GST_FORMAT_TIME, &duration));
  EXPECT_EQ(duration, static_cast<gint64>(kSections * GST_SECOND / 10));
  EXPECT_TRUE(gst_element_query_duration(pipeline.get(), GST_FORMAT_DEFAULT, &duration));
  EXPECT_EQ(duration, kSections);
  for (const auto format : {GST_FORMAT_TIME, GST_FORMAT_DEFAULT}) {
    auto* query = gst_query_new_seeking(format);
    gboolean is_seekable = FALSE;
    EXPECT_TRUE(gst_element_query(pipeline.get(), query));
    gst_query_parse_seeking(query, nullptr, &is_seekable, nullptr, nullptr);
    EXPECT_TRUE(is_seekable);
    gst_query_unref(query);
  }
}

// Sections between the seek and the flush are dropped by the pipeline's sink, which shows the one that it stands at.
guint64 section_shown(Pipeline& pipeline) {
  EXPECT_EQ(gst_element_get_state(pipeline.get(), nullptr, nullptr, 30 * GST_SECOND), GST_STATE_CHANGE_SUCCESS);
  GstSample* sample = nullptr;
  g_object_get(pipeline.element("sink").get(), "last-sample", &sample, nullptr);
  const auto offset = GST_BUFFER_OFFSET(gst_sample_get_buffer(sample));
  gst_sample_unref(sample);
  return offset;
}

TEST(VolumeSource, IsSoughtInTimeAndInSections) {
  const TestFolder folder;
  Pipeline pipeline("firstframevolumesrc framerate=30/1 location=" + volume_in(folder) + " ! fakesink name=sink");
  ASSERT_TRUE(pipeline.reaches(GST_STATE_PAUSED));
  for (const gint64 index : {4, 1, 5, 0}) {
    ASSERT_TRUE(gst_element_seek_simple(pipeline.get(), GST_FORMAT_DEFAULT, GST_SEEK_FLAG_FLUSH, index));
    EXPECT_EQ(section_shown(pipeline), static_cast<guint64>(index));
    ASSERT_TRUE(gst_element_seek_simple(pipeline.get(), GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH,
                                        static_cast<gint64>(gst_util_uint64_scale(index, GST_SECOND, 30) + 3)));
    EXPECT_EQ(section_shown(pipeline), static_cast<guint64>(index));
  }
  ASSERT_TRUE(gst_element_seek(pipeline.get(), -1, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET, 0, GST_SEEK_TYPE_SET,
                               static_cast<gint64>(gst_util_uint64_scale(4, GST_SECOND, 30))));
  EXPECT_EQ(section_shown(pipeline), 3u) << "backwards it begins with the section that ends there";
}

TEST(VolumeSource, EndsAfterItsLastSectionAndBeginsAnewAfterReady) {
  const TestFolder folder;
  Pipeline pipeline("firstframevolumesrc location=" + volume_in(folder) + " ! fakesink name=sink signal-handoffs=true");
  int sections = 0;
  const auto count = +[](GstElement*, GstBuffer*, GstPad*, gpointer data) { ++*static_cast<int*>(data); };
  g_signal_connect(pipeline.element("sink").get(), "handoff", G_CALLBACK(count), &sections);
  for (const auto rest : {GST_STATE_READY, GST_STATE_NULL, GST_STATE_READY}) {
    sections = 0;
    EXPECT_EQ(pipeline.run().text, "");
    EXPECT_EQ(sections, kSections);
    EXPECT_TRUE(pipeline.reaches(rest));
  }
}

struct Refusal {
  std::string properties;
  GQuark domain;
  int code;
  std::string says;
};

TEST(VolumeSource, SaysWhatItCannotRead) {
  const TestFolder folder;
  const auto whole = volume_in(folder);
  std::filesystem::copy_file(whole, folder.file("cut.mha"));
  std::filesystem::resize_file(folder.file("cut.mha"), std::filesystem::file_size(whole) - 100);
  write_volume(folder.file("float.mha"), small_volume(StoredType::float32));
  write_volume(folder.file("bare.raw"), small_volume(StoredType::uint8));
  const Refusal refusals[] = {
      {"", GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, "set location"},
      {"location=" + folder.file("none.mha"), GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, "none.mha"},
      {"location=" + folder.file("cut.mha"), GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT, "is cut"},
      {"location=" + folder.file("float.mha"), GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
       "holds float32 samples, and GStreamer has no grey of more than 16 bits; convert the volume to 16 bits, or use the command"},
      {"location=" + folder.file("bare.raw"), GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "do not say their size"},
      {"raw-size=37x30 location=" + folder.file("bare.raw"), GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "COLUMNSxROWSxSECTIONS"},
      {"raw-size=37x30x6 location=" + folder.file("bare.raw"), GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "the file has 6660"},
  };
  for (const auto& refusal : refusals) {
    const auto complaint = run("firstframevolumesrc " + refusal.properties + " ! fakesink");
    EXPECT_EQ(complaint.domain, refusal.domain) << complaint.text;
    EXPECT_EQ(complaint.code, refusal.code) << complaint.text;
    EXPECT_THAT(complaint.text, testing::HasSubstr(refusal.says));
  }
  EXPECT_EQ(run("firstframevolumesrc raw-type=uint8 raw-size=37x30x6 location=" + folder.file("bare.raw") + " ! fakesink").text, "");
}

}  // namespace
}  // namespace firstframe
