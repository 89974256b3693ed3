#include "pipelines/cli/volume_flags.h"

#include "io/volume/raw_size.h"

namespace firstframe {

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
}

VolumeOptions volume_options(const VolumeFlags& flags, std::optional<ValueRange> range) {
  VolumeOptions options;
  options.axis = *axis_named(flags.axis);
  options.range = range;
  options.series = flags.series;
  if (!flags.raw_size.empty())
    options.raw = RawVolume{raw_size_of(flags.raw_size), *stored_type_named(flags.raw_type), flags.raw_big_endian, flags.raw_header};
  return options;
}

bool is_volume(const std::filesystem::path& path, const VolumeFlags& flags) {
  return !flags.raw_size.empty() || is_volume(path);
}

}  // namespace firstframe
