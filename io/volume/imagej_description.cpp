#include "io/volume/imagej_description.h"

#include <charconv>
#include <cmath>
#include <iomanip>
#include <set>
#include <sstream>
#include <string_view>

namespace firstframe {
namespace {

struct Unit {
  const char* name;
  double mm;
};
// The micro sign comes as ImageJ escapes it, in UTF-8 and in Latin-1.
constexpr Unit kUnits[] = {{"micron", 1e-3},    {"microns", 1e-3}, {"um", 1e-3},      {"\\u00B5m", 1e-3},
                           {"\xc2\xb5m", 1e-3}, {"\xb5m", 1e-3},   {"nm", 1e-6},      {"mm", 1},
                           {"cm", 10},          {"m", 1000},       {"meter", 1000},   {"inch", 25.4},
                           {"inches", 25.4},    {"millimeter", 1}, {"centimeter", 10}};

// What a stack of another size or spacing says itself, whatever its source said.
const std::set<std::string> kOwnKeys = {"ImageJ",  "images",    "slices", "channels", "frames",  "hyperstack",
                                        "unit",    "yunit",     "zunit",  "spacing",  "xorigin", "yorigin",
                                        "zorigin", "finterval", "fps",    "loop"};

std::string number(double value) {
  std::ostringstream out;
  out << std::setprecision(12) << value;
  return out.str();
}

ImagejLines lines_of_source(const VolumeInfo& info) {
  const auto found = info.metadata.find(kImageDescription);
  if (found == info.metadata.end()) return {};
  return read_imagej_lines(found->second).value_or(ImagejLines{});
}

}  // namespace

std::optional<ImagejLines> read_imagej_lines(const std::string& description) {
  if (!description.starts_with("ImageJ=")) return std::nullopt;
  ImagejLines lines;
  std::istringstream in(description);
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    const auto at = line.find('=');
    if (at != std::string::npos && at > 0) lines.emplace(line.substr(0, at), line.substr(at + 1));
  }
  return lines;
}

std::optional<double> number_of(const ImagejLines& lines, const std::string& key) {
  const auto found = lines.find(key);
  if (found == lines.end()) return std::nullopt;
  const auto& digits = found->second;
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end == digits.data() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> imagej_unit_mm(const ImagejLines& lines) {
  const auto found = lines.find("unit");
  if (found == lines.end()) return std::nullopt;
  for (const auto& unit : kUnits)
    if (found->second == unit.name) return unit.mm;
  return std::nullopt;
}

double imagej_output_unit_mm(const VolumeInfo& info) {
  return imagej_unit_mm(lines_of_source(info)).value_or(1);
}

std::string imagej_description(const VolumeInfo& info) {
  const auto source = lines_of_source(info);
  const auto unit = imagej_unit_mm(source);
  const auto mm = unit.value_or(1);
  const auto& geometry = info.geometry;

  std::ostringstream out;
  out << "ImageJ=1.53t\nimages=" << geometry.size[2] << "\nslices=" << geometry.size[2] << "\n";
  out << "unit=" << (unit ? source.at("unit") : "mm") << "\nspacing=" << number(geometry.spacing[2] / mm)
      << "\n";
  // ImageJ counts where 0 is in samples from the first one.
  static const char* const origins[] = {"xorigin", "yorigin", "zorigin"};
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (geometry.origin[axis] != 0)
      out << origins[axis] << "=" << number(-geometry.origin[axis] / geometry.spacing[axis]) << "\n";
  out << "loop=false\n";
  for (const auto& [key, value] : source)
    if (!kOwnKeys.contains(key)) out << key << "=" << value << "\n";
  return out.str();
}

}  // namespace firstframe
