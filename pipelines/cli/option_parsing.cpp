#include "pipelines/cli/option_parsing.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

std::string value_name(const Setting& setting) {
  if (setting.kind == Setting::Kind::choice) return "NAME";
  return setting.unit == "s" ? "SECONDS" : "N";
}

ValueRange parse_range(const std::string& given) {
  const auto colon = given.find(':');
  ValueRange range;
  const auto number = [&](std::size_t from, std::size_t to, double& value) {
    const auto [end, error] = std::from_chars(given.data() + from, given.data() + to, value);
    return error == std::errc{} && end == given.data() + to;
  };
  if (colon == std::string::npos || !number(0, colon, range.low) || !number(colon + 1, given.size(), range.high) ||
      range.low >= range.high)
    throw ArgumentError(text("range: '", given, "' is not accepted; use LOW:HIGH, such as 0:4095"));
  return range;
}

}  // namespace

void add_setting_flags(CLI::App& command, Settings& settings, Purpose purpose) {
  for (const auto& setting : setting_table()) {
    if (purpose == Purpose::train ? !setting.trains : !setting.restores) continue;
    const auto help = text(setting.blurb, " (", accepted_by(setting), "; default ", text_of(setting.default_value()), ")");
    command
        .add_option_function<std::string>(
            text("--", setting.name),
            [&settings, &setting](const std::string& value) { apply_setting(settings, setting, value); }, help)
        ->type_name(value_name(setting));
  }
}

void add_range_flag(CLI::App& command, std::optional<ValueRange>& range) {
  command
      .add_option_function<std::string>(
          "--range", [&range](const std::string& value) { range = parse_range(value); },
          "Values of black and white; default, and where it is all that the type holds: those that the model was trained with, else all that the type holds (0:1 for "
          "float32), of volumes that are not of 8 bits the lowest and highest value of what is compared or trained on")
      ->type_name("LOW:HIGH");
}

}  // namespace firstframe
