#include "elements/gst/pipeline_print.h"

#include <filesystem>
#include <set>

#include "core/base/text.h"
#include "io/files/file_print.h"
#include "io/volume/volume_files.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

GstBin* top_of(GstElement* element) {
  GstObject* top = GST_OBJECT(element);
  while (GST_OBJECT_PARENT(top)) top = GST_OBJECT_PARENT(top);
  return GST_IS_BIN(top) ? GST_BIN(top) : nullptr;
}

// Of whatever a property names: a model, a picture, a volume with all its files.
std::string print_of_file(const gchar* path) {
  std::error_code error;
  if (!fs::is_directory(path, error) && !fs::is_regular_file(path, error)) return "";
  return text(" (", print_of_files(volume_files(path)), ")");
}

// A name is given by a counter, and objects differ in every process.
bool is_told(const GParamSpec* property) {
  const auto wanted = static_cast<GParamFlags>(G_PARAM_READWRITE);
  return (property->flags & wanted) == wanted && property->owner_type != GST_TYPE_OBJECT &&
         !g_type_is_a(property->value_type, G_TYPE_OBJECT) && !g_type_is_a(property->value_type, G_TYPE_POINTER);
}

std::string print_of_property(GstElement* element, GParamSpec* property) {
  std::string print;
  GValue value = G_VALUE_INIT;
  g_value_init(&value, property->value_type);
  g_object_get_property(G_OBJECT(element), property->name, &value);
  if (!g_param_value_defaults(property, &value)) {
    auto* written = gst_value_serialize(&value);
    if (written) print = text(" ", property->name, "=", written);
    if (G_VALUE_HOLDS_STRING(&value) && g_value_get_string(&value)) print += print_of_file(g_value_get_string(&value));
    g_free(written);
  }
  g_value_unset(&value);
  return print;
}

std::string print_of(GstElement* element) {
  const auto* factory = gst_element_get_factory(element);
  std::string print = factory ? GST_OBJECT_NAME(factory) : G_OBJECT_TYPE_NAME(element);
  guint count = 0;
  auto** properties = g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count);
  for (guint i = 0; i < count; ++i)
    if (is_told(properties[i])) print += print_of_property(element, properties[i]);
  g_free(properties);
  return print;
}

// Of every element beside `skipped` in the pipeline around it. Bins give their elements in no order.
std::multiset<std::string> prints_around(GstElement* skipped, std::string (*print)(GstElement*)) {
  auto* top = top_of(skipped);
  if (!top) return {};
  struct Elements {
    GstElement* skipped;
    std::string (*print)(GstElement*);
    std::multiset<std::string> prints;
  } elements{skipped, print, {}};
  auto* iterator = gst_bin_iterate_recurse(top);
  const auto add = [](const GValue* value, gpointer data) {
    auto* one = GST_ELEMENT(g_value_get_object(value));
    auto& all = *static_cast<Elements*>(data);
    if (one != all.skipped && !GST_IS_BIN(one)) all.prints.insert(all.print(one));
  };
  while (gst_iterator_foreach(iterator, add, &elements) == GST_ITERATOR_RESYNC) {
    gst_iterator_resync(iterator);
    elements.prints.clear();
  }
  gst_iterator_free(iterator);
  return elements.prints;
}

// The names of the elements that train, and nothing for others.
std::string name_if_training(GstElement* element) {
  const auto* factory = gst_element_get_factory(element);
  if (!factory || g_strcmp0(GST_OBJECT_NAME(factory), "firstframerestore") != 0) return "";
  gchar* model = nullptr;
  g_object_get(element, "model-location", &model, nullptr);
  const bool trains = !model || !*model;
  g_free(model);
  return trains ? GST_OBJECT_NAME(element) : "";
}

}  // namespace

std::string print_of_pipeline_around(GstElement* element) {
  std::string print;
  for (const auto& one : prints_around(element, print_of)) print += (print.empty() ? "" : "; ") + one;
  return print;
}

bool trains_in_pipeline_around(GstElement* element) {
  for (const auto& name : prints_around(element, name_if_training))
    if (!name.empty()) return true;
  return false;
}

}  // namespace firstframe
