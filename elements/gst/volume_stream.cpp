#include "elements/gst/volume_stream.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr const gchar* kEventName = "firstframe-volume";

struct Free {
  void operator()(gchar* text) const { g_free(text); }
};
using Text = std::unique_ptr<gchar, Free>;

void set(GValue* value, double number) {
  g_value_init(value, G_TYPE_DOUBLE);
  g_value_set_double(value, number);
}
void set(GValue* value, std::int64_t number) {
  g_value_init(value, G_TYPE_INT64);
  g_value_set_int64(value, number);
}
void set(GValue* value, const std::string& text) {
  g_value_init(value, G_TYPE_STRING);
  g_value_set_string(value, text.c_str());
}

bool get(const GValue* value, double& number) {
  if (!G_VALUE_HOLDS_DOUBLE(value)) return false;
  number = g_value_get_double(value);
  return true;
}
bool get(const GValue* value, std::int64_t& number) {
  if (!G_VALUE_HOLDS_INT64(value)) return false;
  number = g_value_get_int64(value);
  return true;
}
bool get(const GValue* value, std::string& text) {
  if (!G_VALUE_HOLDS_STRING(value) || !g_value_get_string(value)) return false;
  text = g_value_get_string(value);
  return true;
}

template <typename List>
void put_list(GstStructure* structure, const gchar* field, const List& list) {
  GValue array = G_VALUE_INIT;
  gst_value_array_init(&array, static_cast<guint>(list.size()));
  for (const auto& item : list) {
    GValue value = G_VALUE_INIT;
    set(&value, item);
    gst_value_array_append_and_take_value(&array, &value);
  }
  gst_structure_take_value(structure, field, &array);
}

[[noreturn]] void refuse(const gchar* field) {
  throw FormatError(text(kEventName, ": the event's field ", field, " is missing or has another type"));
}

template <typename Item>
Item item_in(const GstStructure* structure, const gchar* field) {
  Item item{};
  const auto* value = gst_structure_get_value(structure, field);
  if (!value || !get(value, item)) refuse(field);
  return item;
}

template <typename Item>
std::vector<Item> list_in(const GstStructure* structure, const gchar* field) {
  const auto* array = gst_structure_get_value(structure, field);
  if (!array || !GST_VALUE_HOLDS_ARRAY(array)) refuse(field);
  std::vector<Item> list(gst_value_array_get_size(array));
  for (guint i = 0; i < list.size(); ++i)
    if (!get(gst_value_array_get_value(array, i), list[i])) refuse(field);
  return list;
}

template <typename Item, std::size_t count>
void take_list(const GstStructure* structure, const gchar* field, std::array<Item, count>& to) {
  const auto list = list_in<Item>(structure, field);
  if (list.size() != count) refuse(field);
  std::copy(list.begin(), list.end(), to.begin());
}

// Names of files may be of any bytes, strings in events are UTF-8: an escaped URI.
std::string uri_of(const std::filesystem::path& path) {
  const Text uri(gst_filename_to_uri(path.c_str(), nullptr));
  return uri ? uri.get() : "";
}

std::filesystem::path path_of(const std::string& uri) {
  const Text path(g_filename_from_uri(uri.c_str(), nullptr, nullptr));
  return path ? path.get() : "";
}

GstStructure* structure_of(const VolumeStream& stream) {
  const auto& info = stream.info;
  auto* structure = gst_structure_new(kEventName,                                                            //
                                      "uri", G_TYPE_STRING, uri_of(stream.source).c_str(),                   //
                                      "format", G_TYPE_STRING, info.format.c_str(),                          //
                                      "axis", G_TYPE_STRING, std::string(name_of(stream.axis)).c_str(),      //
                                      "sections", G_TYPE_INT64, sections_along(info.geometry, stream.axis),  //
                                      "stored-type", G_TYPE_STRING, name_of(info.stored).c_str(),            //
                                      "sample-offset", G_TYPE_DOUBLE, code_of(info.stored).offset, nullptr);
  put_list(structure, "size", info.geometry.size);
  put_list(structure, "spacing", info.geometry.spacing);
  put_list(structure, "origin", info.geometry.origin);
  put_list(structure, "direction", info.geometry.direction);
  std::vector<std::string> keys, values;
  for (const auto& [key, value] : info.metadata) {
    keys.push_back(key);
    values.push_back(value);
  }
  put_list(structure, "metadata-keys", keys);
  put_list(structure, "metadata-values", values);
  if (const auto& upscale = stream.upscale)
    gst_structure_set(structure, "upscale", G_TYPE_INT64, upscale->factor, "upscale-row-phase", G_TYPE_DOUBLE,
                      upscale->row_phase, "upscale-col-phase", G_TYPE_DOUBLE, upscale->col_phase, nullptr);
  return structure;
}

}  // namespace

GstEvent* event_of(const VolumeStream& stream) {
  return gst_event_new_custom(GST_EVENT_CUSTOM_DOWNSTREAM_STICKY, structure_of(stream));
}

std::optional<VolumeStream> volume_stream_of(GstEvent* event) {
  if (!gst_event_has_name(event, kEventName)) return std::nullopt;
  const auto* structure = gst_event_get_structure(event);
  VolumeStream stream;
  auto& info = stream.info;
  stream.source = path_of(item_in<std::string>(structure, "uri"));
  info.format = item_in<std::string>(structure, "format");
  const auto axis = axis_named(item_in<std::string>(structure, "axis"));
  const auto stored = stored_type_named(item_in<std::string>(structure, "stored-type"));
  if (!axis) refuse("axis");
  if (!stored) refuse("stored-type");
  stream.axis = *axis;
  info.stored = *stored;
  take_list(structure, "size", info.geometry.size);
  take_list(structure, "spacing", info.geometry.spacing);
  take_list(structure, "origin", info.geometry.origin);
  take_list(structure, "direction", info.geometry.direction);
  for (const auto side : info.geometry.size)
    if (side < 1) refuse("size");
  const auto keys = list_in<std::string>(structure, "metadata-keys");
  const auto values = list_in<std::string>(structure, "metadata-values");
  if (keys.size() != values.size()) refuse("metadata-values");
  for (std::size_t i = 0; i < keys.size(); ++i) info.metadata[keys[i]] = values[i];
  if (gst_structure_has_field(structure, "upscale"))
    stream.upscale = {item_in<std::int64_t>(structure, "upscale"), item_in<double>(structure, "upscale-row-phase"),
                      item_in<double>(structure, "upscale-col-phase")};
  return stream;
}

void tell_upscale(GstPad* pad, const Upscale& upscale) {
  for (guint i = 0;; ++i) {
    auto* event = gst_pad_get_sticky_event(pad, GST_EVENT_CUSTOM_DOWNSTREAM_STICKY, i);
    if (!event) return;
    auto stream = volume_stream_of(event);
    gst_event_unref(event);
    if (!stream) continue;
    if (stream->upscale == upscale) return;
    stream->upscale = upscale;
    gst_pad_push_event(pad, event_of(*stream));
    return;
  }
}

GstEvent* tags_of(const VolumeInfo& info) {
  auto* tags = gst_tag_list_new(GST_TAG_CONTAINER_FORMAT, info.format.c_str(), nullptr);
  for (const auto& [key, value] : info.metadata) {
    const auto comment = key + "=" + value;
    if (g_utf8_validate(comment.c_str(), static_cast<gssize>(comment.size()), nullptr))
      gst_tag_list_add(tags, GST_TAG_MERGE_APPEND, GST_TAG_EXTENDED_COMMENT, comment.c_str(), nullptr);
  }
  return gst_event_new_tag(tags);
}

}  // namespace firstframe
