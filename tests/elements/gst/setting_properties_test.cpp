#include "core/settings/setting_table.h"
#include "tests/elements/gst/restore_harness.h"

namespace firstframe {
namespace {

GParamSpec* property_of(GstElement* element, const Setting& setting) {
  return g_object_class_find_property(G_OBJECT_GET_CLASS(element), std::string(setting.property).c_str());
}

// One test a row, so that a failure names the setting.
class SettingProperty : public testing::TestWithParam<std::size_t> {
 protected:
  const Setting& setting_ = setting_table()[GetParam()];
  const ElementPtr element_ = make_element({});
  GParamSpec* const property_ = property_of(element_.get(), setting_);
};

TEST_P(SettingProperty, SaysWhatTheTableSays) {
  ASSERT_TRUE(property_);
  EXPECT_EQ(g_param_spec_get_nick(property_), setting_.name);
  EXPECT_EQ(g_param_spec_get_blurb(property_), setting_.blurb);
  EXPECT_TRUE(property_->flags & G_PARAM_READABLE);
  EXPECT_TRUE(property_->flags & G_PARAM_WRITABLE);
}

TEST_P(SettingProperty, HasTheTablesRangeAndDefault) {
  ASSERT_TRUE(property_);
  const auto initial = setting_.default_value();
  if (setting_.kind == Setting::Kind::integer) {
    ASSERT_TRUE(G_IS_PARAM_SPEC_INT(property_));
    const auto* integer = G_PARAM_SPEC_INT(property_);
    EXPECT_EQ(integer->minimum, setting_.lowest);
    EXPECT_EQ(integer->maximum, setting_.highest);
    EXPECT_EQ(integer->default_value, std::get<std::int64_t>(initial));
  } else if (setting_.kind == Setting::Kind::number) {
    ASSERT_TRUE(G_IS_PARAM_SPEC_DOUBLE(property_));
    const auto* number = G_PARAM_SPEC_DOUBLE(property_);
    EXPECT_EQ(number->minimum, setting_.lowest);
    EXPECT_EQ(number->maximum, setting_.highest);
    EXPECT_EQ(number->default_value, std::get<double>(initial));
  } else {
    ASSERT_TRUE(G_IS_PARAM_SPEC_ENUM(property_));
    const auto* choices = G_PARAM_SPEC_ENUM(property_)->enum_class;
    ASSERT_EQ(choices->n_values, setting_.choices.size());
    for (std::size_t i = 0; i < setting_.choices.size(); ++i)
      EXPECT_EQ(choices->values[i].value_nick, setting_.choices[i]);
    EXPECT_EQ(choices->values[G_PARAM_SPEC_ENUM(property_)->default_value].value_nick,
              std::get<std::string>(initial));
  }
}

TEST_P(SettingProperty, MayChangeWhilePlayingWhenOnlyRestoringReadsIt) {
  ASSERT_TRUE(property_);
  const bool is_live = setting_.name == "stride" || setting_.name == "window" || setting_.name == "ensemble" ||
                       setting_.name == "threads";
  EXPECT_EQ((property_->flags & GST_PARAM_MUTABLE_PLAYING) != 0, is_live);
  EXPECT_EQ((property_->flags & GST_PARAM_MUTABLE_READY) != 0, !is_live);
}

TEST_P(SettingProperty, GivesBackWhatWasSet) {
  ASSERT_TRUE(property_);
  const auto value = setting_.kind == Setting::Kind::choice    ? std::string(setting_.choices.back())
                     : setting_.kind == Setting::Kind::integer ? text(std::min(7.0, setting_.highest))
                                                               : std::string("0.25");
  gst_util_set_object_arg(G_OBJECT(element_.get()), property_->name, value.c_str());
  GValue held = G_VALUE_INIT;
  g_value_init(&held, property_->value_type);
  g_object_get_property(G_OBJECT(element_.get()), property_->name, &held);
  auto* as_text = gst_value_serialize(&held);
  const auto expected = setting_.kind == Setting::Kind::number ? "0.25" : value;
  EXPECT_EQ(as_text, expected);
  g_free(as_text);
  g_value_unset(&held);
}

INSTANTIATE_TEST_SUITE_P(Table, SettingProperty, testing::Range<std::size_t>(0, setting_table().size()),
                         [](const auto& row) {
                           std::string name(setting_table()[row.param].name);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(ElementProperties, AreTheTableAndTheLocationsAndNothingElse) {
  std::vector<std::string> expected = {"clean-location",   "degraded-location",
                                       "model-location",   "save-model-location",
                                       "untrained-policy", "clean-average",
                                       "max-latency",      "overload-policy",
                                       "frames-in-flight", "neighbours",
                                       "stats",            "max-observed-delay",
                                       "name",             "parent",
                                       "qos"};
  for (const auto& setting : setting_table()) expected.emplace_back(setting.property);
  const auto element = make_element({});
  guint count = 0;
  auto** properties = g_object_class_list_properties(G_OBJECT_GET_CLASS(element.get()), &count);
  std::vector<std::string> found;
  for (guint i = 0; i < count; ++i) found.emplace_back(properties[i]->name);
  g_free(properties);
  EXPECT_THAT(found, testing::UnorderedElementsAreArray(expected));
}

TEST(ElementProperties, HaveAnEnumOfPolicies) {
  const auto element = make_element({{"untrained-policy", "drop"}});
  gint policy = -1;
  g_object_get(element.get(), "untrained-policy", &policy, nullptr);
  EXPECT_EQ(policy, 2);
}

}  // namespace
}  // namespace firstframe
