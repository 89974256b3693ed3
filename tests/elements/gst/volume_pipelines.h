#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "io/volume/section_sink.h"
#include "tests/elements/gst/gst_test.h"
#include "tests/support/scenes.h"

namespace firstframe {

/// Turned, off centre, unequal: a mistake of geometry cannot hide. Rows of 37 samples, which no frame's rows are long.
inline VolumeInfo small_volume(StoredType stored, std::int64_t sections = 6) {
  VolumeInfo info;
  info.stored = stored;
  info.geometry.size = {37, 30, sections};
  info.geometry.spacing = {0.5, 0.75, 2};
  info.geometry.origin = {-10, 20, 3.25};
  info.geometry.direction = {0, -1, 0, 1, 0, 0, 0, 0, 1};
  info.metadata = {{"Eye", "left"}, {"ScanPattern", "radial lines"}};
  return info;
}

/// The values that samples of small_sections() have, as sections code them: a part of 16 bits, all of 8.
inline ValueRange range_of(StoredType stored) {
  if (code_of(stored).type == SampleType::uint8) return {0, 255};
  return code_of(stored).coded({stored == StoredType::int16 ? -1000.0 : 0.0, 3095});
}

/// A scene in the values of range_of(), as a volume of that type has it.
inline Section section_in_range(const Section& scene, StoredType stored) {
  const auto range = range_of(stored);
  const auto type = code_of(stored).type;
  Section section(type, 1, scene.extent());
  for (std::int64_t i = 0; i < scene.extent().area(); ++i) {
    const auto value = std::clamp(std::lround(range.low + scene.samples<float>()[i] * range.span()), 0L, 65535L);
    if (type == SampleType::uint8)
      section.samples<std::uint8_t>()[i] = static_cast<std::uint8_t>(std::clamp(value, 0L, 255L));
    else
      section.samples<std::uint16_t>()[i] = static_cast<std::uint16_t>(value);
  }
  section.set_range(range);
  return section;
}

inline Section degraded_section(Extent extent, StoredType stored, std::int64_t index) {
  return section_in_range(scene_pair(extent, SampleType::float32, static_cast<unsigned>(index + 1)).degraded, stored);
}

/// Writes a volume of degraded scenes, one a section along z.
inline void write_volume(const std::string& path, const VolumeInfo& info) {
  const auto sink = open_volume_sink(path, info, {});
  for (std::int64_t i = 0; i < sections_along(info.geometry, Axis::z); ++i) {
    if (code_of(info.stored).type == SampleType::float32)
      sink->write(i, scene_pair(section_extent(info.geometry, Axis::z), SampleType::float32).degraded.view());
    else
      sink->write(i, degraded_section(section_extent(info.geometry, Axis::z), info.stored, i).view());
  }
  sink->finish();
}

inline std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A launch line that plays.
class Pipeline {
 public:
  explicit Pipeline(const std::string& line) {
    GError* error = nullptr;
    pipeline_.reset(GST_ELEMENT(gst_object_ref_sink(gst_parse_launch(line.c_str(), &error))));
    EXPECT_FALSE(error) << error->message;
    bus_.reset(gst_element_get_bus(pipeline_.get()));
  }
  ~Pipeline() { gst_element_set_state(pipeline_.get(), GST_STATE_NULL); }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  GstElement* get() { return pipeline_.get(); }
  GstBus* bus() { return bus_.get(); }
  ElementPtr element(const std::string& name) { return ElementPtr(gst_bin_get_by_name(GST_BIN(get()), name.c_str())); }

  void set(GstState state) { gst_element_set_state(get(), state); }
  /// Waits until the state is reached.
  bool reaches(GstState state) {
    set(state);
    return gst_element_get_state(get(), nullptr, nullptr, 30 * GST_SECOND) == GST_STATE_CHANGE_SUCCESS;
  }
  /// Plays to the end. \return the first error; nothing in it where there was none
  Complaint run() {
    set(GST_STATE_PLAYING);
    return end();
  }
  Complaint end() {
    const auto message = next_message(bus(), GST_MESSAGE_EOS | GST_MESSAGE_ERROR, 60);
    if (!message) return {0, 0, "no end within a minute"};
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS) return {};
    GError* error = nullptr;
    gst_message_parse_error(message.get(), &error, nullptr);
    const Complaint complaint{error->domain, error->code, error->message};
    g_error_free(error);
    return complaint;
  }

 private:
  ElementPtr pipeline_;
  BusPtr bus_;
};

inline Complaint run(const std::string& line) { return Pipeline(line).run(); }

/// Loses one section on its way to the element named "between".
inline void lose(Pipeline& pipeline, guint64 section) {
  auto* pad = gst_element_get_static_pad(pipeline.element("between").get(), "sink");
  const auto drop = +[](GstPad*, GstPadProbeInfo* info, gpointer lost) {
    const auto offset = GST_BUFFER_OFFSET(gst_pad_probe_info_get_buffer(info));
    return offset == GPOINTER_TO_UINT(lost) ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
  };
  gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, drop, GUINT_TO_POINTER(section), nullptr);
  gst_object_unref(pad);
}

}  // namespace firstframe
