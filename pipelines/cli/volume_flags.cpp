#include "pipelines/cli/volume_flags.h"

#include <charconv>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr StoredType kStoredTypes[] = {StoredType::int8,  StoredType::uint8,  StoredType::int16,   StoredType::uint16,
                                       StoredType::int32, StoredType::uint32, StoredType::float32, StoredType::float64};

std::array<std::int64_t, 3> parse_size(const std::string& given) {
  std::array<std::int64_t, 3> size{};
  const char* at = given.data();
  const char* const end = at + given.size();
  for (std::size_t i = 0; i < 3; ++i) {
    const auto [after, error] = std::from_chars(at, end, size[i]);
    const bool is_last = i == 2;
    if (error != std::errc() || size[i] < 1 || (is_last ? after != end : after == end || *after != 'x'))
      throw ArgumentError(text("raw-size: '", given, "' is not accepted; use COLUMNSxROWSxSECTIONS, such as 512x1024x128"));
    at = after + 1;
  }
  return size;
}

std::optional<StoredType> stored_type_named(const std::string& name) {
  for (const auto type : kStoredTypes)
    if (name_of(type) == name) return type;
  return std::nullopt;
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
}

VolumeOptions volume_options(const VolumeFlags& flags, std::optional<ValueRange> range) {
  VolumeOptions options;
  options.axis = flags.axis == "x" ? Axis::x : flags.axis == "y" ? Axis::y : Axis::z;
  options.range = range;
  options.series = flags.series;
  if (!flags.raw_size.empty())
    options.raw = RawVolume{parse_size(flags.raw_size), *stored_type_named(flags.raw_type), flags.raw_big_endian, flags.raw_header};
  return options;
}

bool is_volume(const std::filesystem::path& path, const VolumeFlags& flags) {
  return !flags.raw_size.empty() || is_volume(path);
}

}  // namespace firstframe
