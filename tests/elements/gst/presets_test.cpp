#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

std::string text_of(GstElement* element, const char* property) {
  GValue value = G_VALUE_INIT;
  g_object_get_property(G_OBJECT(element), property, &value);
  gchar* serialised = gst_value_serialize(&value);
  std::string found = serialised;
  g_free(serialised);
  g_value_unset(&value);
  return found;
}

TEST(Presets, AreFourAndLoad) {
  const auto element = make_element({});
  gchar** names = gst_preset_get_preset_names(GST_PRESET(element.get()));
  std::vector<std::string> found;
  for (gchar** name = names; name && *name; ++name) found.emplace_back(*name);
  g_strfreev(names);
  EXPECT_THAT(found, testing::UnorderedElementsAre("oct-live", "oct-quality", "video-deblur", "video-fast"));
  for (const auto& name : found) EXPECT_TRUE(gst_preset_load_preset(GST_PRESET(element.get()), name.c_str())) << name;
}

TEST(Presets, SayWhatTheyAreFor) {
  const auto element = make_element({});
  gchar* comment = nullptr;
  ASSERT_TRUE(gst_preset_get_meta(GST_PRESET(element.get()), "oct-live", "comment", &comment));
  EXPECT_NE(std::string(comment).find("Live B-scans"), std::string::npos);
  g_free(comment);
}

TEST(Presets, LeaveNothingOfTheOneBefore) {
  const auto element = make_element({});
  auto* preset = GST_PRESET(element.get());
  ASSERT_TRUE(gst_preset_load_preset(preset, "oct-quality"));
  EXPECT_EQ(text_of(element.get(), "train-seconds"), "60");
  EXPECT_EQ(text_of(element.get(), "ensemble"), "8");
  ASSERT_TRUE(gst_preset_load_preset(preset, "oct-live"));
  EXPECT_EQ(text_of(element.get(), "train-seconds"), "5");
  EXPECT_EQ(text_of(element.get(), "ensemble"), "1");
}

}  // namespace
}  // namespace firstframe
