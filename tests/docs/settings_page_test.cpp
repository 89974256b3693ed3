// docs/settings.md lists every setting as the table in core/settings declares it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "core/base/text.h"
#include "core/settings/setting_table.h"

namespace firstframe {
namespace {

std::string row_of(const Setting& setting) {
  const char* when = setting.trains && setting.restores ? "both" : setting.trains ? "train" : "restore";
  return text("| `--", setting.name, "` | `", setting.property, "` | ", when, " | ", accepted_by(setting), " | ",
              text_of(setting.default_value()), " | ", setting.blurb, " |\n");
}

TEST(SettingsPage, ListsEverySettingAsItIs) {
  std::ifstream file(FIRSTFRAME_SOURCE_DIR "/docs/settings.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  std::string rows;
  for (const auto& setting : setting_table()) rows += row_of(setting);
  EXPECT_THAT(page, testing::HasSubstr(rows)) << "the rows as they should be:\n" << rows;
}

}  // namespace
}  // namespace firstframe
