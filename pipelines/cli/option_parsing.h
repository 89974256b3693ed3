#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/frame/section.h"
#include "core/settings/setting_table.h"

namespace firstframe {

enum class Purpose { train, restore };

/// Adds a flag for every setting of the table that matters for a purpose: --seconds, --stride, ...
void add_setting_flags(CLI::App& command, Settings& settings, Purpose purpose);

/// Adds --range LOW:HIGH, the values of black and white in a picture whose file does not say.
void add_range_flag(CLI::App& command, std::optional<ValueRange>& range);

}  // namespace firstframe
