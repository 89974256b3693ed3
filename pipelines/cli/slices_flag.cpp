#include "pipelines/cli/slices_flag.h"

#include <charconv>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

SliceRange slices_named(const std::string& name) {
  SliceRange slices;
  const char* const end = name.data() + name.size();
  const auto first = std::from_chars(name.data(), end, slices.first);
  const auto last = first.ptr < end && *first.ptr == '-' ? std::from_chars(first.ptr + 1, end, slices.last)
                                                         : std::from_chars_result{name.data(), std::errc::invalid_argument};
  if (first.ec != std::errc() || last.ec != std::errc() || last.ptr != end || slices.first < 0 || slices.last < slices.first)
    throw ArgumentError(text("--slices ", name, " is not accepted; use FIRST-LAST, counted from 0, for example 10-25"));
  return slices;
}

}  // namespace

void add_slices_flag(CLI::App& command, std::optional<SliceRange>& slices) {
  command
      .add_option_function<std::string>(
          "--slices", [&slices](const std::string& name) { slices = slices_named(name); },
          "Take only these sections of a video, folder or volume: FIRST-LAST, counted from 0, both included")
      ->type_name("FIRST-LAST");
}

}  // namespace firstframe
