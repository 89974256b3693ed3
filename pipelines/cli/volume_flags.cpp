#include "pipelines/cli/volume_flags.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/volume/raw_size.h"

namespace firstframe {
namespace {

std::string first_raw_flag(const VolumeFlags& flags) {
  const VolumeFlags defaults;
  if (flags.raw_type != defaults.raw_type) return "raw-type";
  if (flags.raw_big_endian) return "raw-big-endian";
  return flags.raw_header > 0 ? "raw-header" : "";
}

}  // namespace

void add_volume_flags(CLI::App& command, VolumeFlags& flags) {
  std::vector<std::string> types;
  for (const auto type : kStoredTypes) types.push_back(name_of(type));
  command.add_option("--axis", flags.axis, "Of volumes: the axis that sections are counted along")
      ->check(CLI::IsMember({"x", "y", "z"}))->capture_default_str()->type_name("NAME");
  command.add_option("--series", flags.series, "Of DICOM folders: which series, by its number or UID")->type_name("N");
  command.add_option("--raw-size", flags.raw_size, "The input is a file of bare samples of this size")
      ->type_name("COLSxROWSxSECTIONS");
  command.add_option("--raw-type", flags.raw_type, "Its samples")->check(CLI::IsMember(types))->capture_default_str()->type_name("NAME");
  command.add_flag("--raw-big-endian", flags.raw_big_endian, "Its samples have their high byte first");
  command.add_option("--raw-header", flags.raw_header, "Bytes to pass over at its beginning")
      ->check(CLI::NonNegativeNumber)->type_name("BYTES");
  add_segy_flags(command, flags.segy);
}

VolumeOptions volume_options(const VolumeFlags& flags, std::optional<ValueRange> range) {
  VolumeOptions options;
  options.axis = *axis_named(flags.axis);
  options.range = range;
  options.series = flags.series;
  options.segy = segy_options(flags.segy);
  const auto raw = first_raw_flag(flags);
  if (flags.raw_size.empty() && !raw.empty())
    throw ArgumentError(text(raw, ": says something of bare samples, whose size is not given; add --raw-size COLSxROWSxSECTIONS"));
  if (!flags.raw_size.empty())
    options.raw = RawVolume{raw_size_of(flags.raw_size), *stored_type_named(flags.raw_type), flags.raw_big_endian, flags.raw_header};
  return options;
}

bool is_volume(const std::filesystem::path& path, const VolumeFlags& flags) {
  return !flags.raw_size.empty() || is_volume(path);
}

void refuse_volume_flags(const VolumeFlags& flags, const std::string& input) {
  const auto raw = first_raw_flag(flags);
  const std::string flag = flags.axis != VolumeFlags().axis ? "axis" : !flags.series.empty() ? "series"
                           : !raw.empty()            ? raw
                                                     : first_segy_flag(flags.segy);
  if (flag.empty()) return;
  throw ArgumentError(text(flag, ": ", input, " is no volume", raw == flag ? "; add --raw-size if it is one of bare samples, else" : ";",
                           " leave out --", flag));
}

}  // namespace firstframe
