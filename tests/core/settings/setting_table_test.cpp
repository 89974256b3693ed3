#include "core/settings/setting_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using Kind = Setting::Kind;

std::string refusal(const std::string& name, const std::string& value) {
  Settings settings;
  return message_of<ArgumentError>([&] { apply_setting(settings, setting_named(name), value); });
}

TEST(SettingTable, NamesEverySettingOnce) {
  std::set<std::string_view> names, properties;
  for (const auto& setting : setting_table()) {
    EXPECT_TRUE(names.insert(setting.name).second) << setting.name;
    EXPECT_TRUE(properties.insert(setting.property).second) << setting.property;
  }
}

TEST(SettingTable, SpellsNamesAsFlagsAndPropertiesAreSpelled) {
  for (const auto& setting : setting_table())
    for (const auto name : {setting.name, setting.property}) {
      EXPECT_FALSE(name.empty());
      EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos) << name;
    }
}

TEST(SettingTable, SaysWhatEachSettingDoes) {
  for (const auto& setting : setting_table()) {
    EXPECT_GT(setting.blurb.size(), 20u) << setting.name;
    EXPECT_NE(setting.blurb.back(), '.') << setting.name;
    EXPECT_TRUE(setting.trains || setting.restores) << setting.name;
  }
}

TEST(SettingTable, AcceptsItsOwnDefaults) {
  for (const auto& setting : setting_table()) {
    Settings settings;
    EXPECT_NO_THROW(apply_setting(settings, setting, setting.default_value())) << setting.name;
    EXPECT_NO_THROW(apply_setting(settings, setting, text_of(setting.default_value()))) << setting.name;
    EXPECT_EQ(setting.get(settings), setting.default_value()) << setting.name;
  }
}

TEST(SettingTable, GivesBackWhatWasPut) {
  for (const auto& setting : setting_table()) {
    std::vector<SettingValue> values;
    for (const auto choice : setting.choices) values.emplace_back(std::string(choice));
    if (setting.kind == Kind::integer)
      values = {static_cast<std::int64_t>(setting.lowest), static_cast<std::int64_t>(setting.highest)};
    if (setting.kind == Kind::number) values = {setting.lowest, setting.highest};
    ASSERT_FALSE(values.empty()) << setting.name;
    for (const auto& value : values) {
      Settings settings;
      apply_setting(settings, setting, value);
      EXPECT_EQ(setting.get(settings), value) << setting.name;
    }
  }
}

TEST(SettingTable, RefusesWhatLiesBesideEachRangeAndSaysWhatIsAccepted) {
  for (const auto& setting : setting_table()) {
    std::vector<std::string> values = {"", "none of these", "NaN"};
    if (setting.kind == Kind::integer)
      values = {"",
                "1.5",
                "many",
                "7 pixels",
                text_of(static_cast<std::int64_t>(setting.lowest) - 1),
                text_of(static_cast<std::int64_t>(setting.highest) + 1),
                "99999999999999999999"};
    if (setting.kind == Kind::number) values = {"", "nan", "inf", "-0.001", "1e+300", "half"};
    for (const auto& value : values)
      EXPECT_EQ(refusal(std::string(setting.name), value),
                std::string(setting.name) + ": '" + value + "' is not accepted; use " + accepted_by(setting));
  }
}

TEST(SettingTable, LeavesTheSettingsAsTheyWereWhenItRefuses) {
  Settings settings;
  apply_setting(settings, setting_named("seconds"), std::string("7"));
  message_of<ArgumentError>([&] { apply_setting(settings, setting_named("seconds"), std::string("-1")); });
  EXPECT_EQ(settings.train.seconds, 7);
}

TEST(SettingTable, TakesAWholeNumberWhereANumberIsWantedButNotTheOtherWayRound) {
  Settings settings;
  apply_setting(settings, setting_named("seconds"), SettingValue{std::int64_t{30}});
  EXPECT_EQ(settings.train.seconds, 30);
  EXPECT_EQ(
      message_of<ArgumentError>([&] { apply_setting(settings, setting_named("steps"), SettingValue{1.5}); }),
      "steps: '1.5' is not accepted; use 0..100000000");
}

TEST(SettingTable, WordsItsRefusalsForTheUser) {
  EXPECT_EQ(refusal("seconds", "-3"), "seconds: '-3' is not accepted; use 0..86400 s");
  EXPECT_EQ(refusal("patch", "9999"), "patch: '9999' is not accepted; use 0..512 pixels");
  EXPECT_EQ(refusal("loss", "l3"), "loss: 'l3' is not accepted; use l1, l2");
  EXPECT_EQ(refusal("border", "mirror"),
            "border: 'mirror' is not accepted; use auto, reflect, circular, replicate");
}

TEST(SettingTable, ListsTheSettingsThereAreWhenOneDoesNotExist) {
  EXPECT_THAT(message_of<ArgumentError>([] { setting_named("speed"); }),
              testing::StartsWith("setting 'speed' does not exist; there are restorer, seconds, steps, "));
}

TEST(SettingTable, SetsDeviceAndThreadsForTrainingAndRestoring) {
  Settings settings;
  apply_setting(settings, setting_named("threads"), std::string("3"));
  apply_setting(settings, setting_named("device"), std::string("cpu"));
  EXPECT_EQ(settings.train.threads, 3);
  EXPECT_EQ(settings.restore.threads, 3);
  EXPECT_EQ(settings.train.device, Device::cpu);
  EXPECT_EQ(settings.restore.device, Device::cpu);
}

}  // namespace
}  // namespace firstframe
