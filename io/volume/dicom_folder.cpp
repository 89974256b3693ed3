#include "io/volume/dicom_folder.h"

#include <gdcmScanner.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/volume/dicom_mark.h"
#include "io/volume/even_spacing.h"
#include "io/volume/quiet_gdcm.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

const gdcm::Tag kModality(0x0008, 0x0060), kDescription(0x0008, 0x103e), kSeries(0x0020, 0x000e),
    kInstance(0x0020, 0x0013), kPosition(0x0020, 0x0032), kOrientation(0x0020, 0x0037),
    kFrames(0x0028, 0x0008), kRows(0x0028, 0x0010), kCols(0x0028, 0x0011), kBits(0x0028, 0x0100),
    kSigned(0x0028, 0x0103), kIntercept(0x0028, 0x1052), kSlope(0x0028, 0x1053);

struct Header {
  fs::path file;
  std::map<gdcm::Tag, std::string> values;

  std::string operator[](const gdcm::Tag& tag) const {
    const auto found = values.find(tag);
    return found == values.end() ? "" : found->second;
  }
};

std::vector<std::string> dicom_files(const fs::path& folder) {
  std::vector<std::string> files;
  try {
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.is_regular_file() && entry.path().filename().string()[0] != '.' &&
          is_dicom_file(entry.path()))
        files.push_back(entry.path().string());
  } catch (const fs::filesystem_error& error) {
    throw MissingFileError(text(folder.string(), ": the folder cannot be read: ", error.code().message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Files without rows and columns (a DICOMDIR, a report) are no slices.
std::map<std::string, std::vector<Header>> headers_by_series(const fs::path& folder) {
  const auto files = dicom_files(folder);
  gdcm::Scanner scanner;
  for (const auto& tag : {kModality, kDescription, kSeries, kInstance, kPosition, kOrientation, kFrames,
                          kRows, kCols, kBits, kSigned, kIntercept, kSlope})
    scanner.AddTag(tag);
  quiet_gdcm();
  scanner.Scan(files);
  std::map<std::string, std::vector<Header>> series;
  for (const auto& file : files) {
    if (!scanner.IsKey(file.c_str()))
      throw FormatError(text(file, ": is damaged and cannot be read as DICOM; copy it again"));
    Header header{file, {}};
    for (const auto& [tag, value] : scanner.GetMapping(file.c_str())) {
      header.values[tag] = value;
      header.values[tag].erase(header.values[tag].find_last_not_of(' ') + 1);
    }
    if (!header[kRows].empty() && !header[kCols].empty())
      series[header[kSeries]].push_back(std::move(header));
  }
  return series;
}

std::string describe(const std::vector<Header>& headers) {
  const auto description = headers.front()[kDescription], modality = headers.front()[kModality];
  return description.empty() ? modality : modality + ", " + description;
}

template <std::size_t N>
std::optional<std::array<double, N>> numbers(const std::string& value) {
  std::array<double, N> all{};
  std::istringstream in(value);
  std::string part;
  for (auto& number : all) {
    if (!std::getline(in, part, '\\')) return std::nullopt;
    char* end = nullptr;
    number = std::strtod(part.c_str(), &end);
    if (end == part.c_str() || !std::isfinite(number)) return std::nullopt;
  }
  return all;
}

// How far a slice is along the normal of the first one.
std::optional<double> place_of(const Header& header, const Header& first) {
  const auto axes = numbers<6>(first[kOrientation]);
  const auto position = numbers<3>(header[kPosition]);
  if (!axes || !position) return std::nullopt;
  const auto& a = *axes;
  const std::array<double, 3> normal{a[1] * a[5] - a[2] * a[4], a[2] * a[3] - a[0] * a[5],
                                     a[0] * a[4] - a[1] * a[3]};
  return normal[0] * (*position)[0] + normal[1] * (*position)[1] + normal[2] * (*position)[2];
}

// Headers round.
bool is_parallel(const std::string& a, const std::string& b) {
  const auto x = numbers<6>(a), y = numbers<6>(b);
  if (!x || !y) return a == b;
  return std::equal(x->begin(), x->end(), y->begin(),
                    [](double p, double q) { return std::abs(p - q) < 1e-3; });
}

void refuse_unlike(const Header& header, const Header& first) {
  const auto value = [&](const gdcm::Tag& tag, const char* what) {
    if (header[tag] != first[tag])
      throw FormatError(text(header.file.string(), ": its ", what, " is ", header[tag], ", that of ",
                             first.file.filename().string(), " ", first[tag],
                             "; the slices of a series must be alike"));
  };
  value(kRows, "number of rows");
  value(kCols, "number of columns");
  value(kBits, "number of bits");
  value(kSigned, "PixelRepresentation");
  if (!is_parallel(header[kOrientation], first[kOrientation]))
    throw FormatError(text(header.file.string(), ": its orientation is ", header[kOrientation], ", that of ",
                           first.file.filename().string(), " ", first[kOrientation],
                           "; the slices of a volume must be parallel"));
  if (const auto frames = header[kFrames]; !frames.empty() && std::atoi(frames.c_str()) > 1)
    throw FormatError(
        text(header.file.string(), ": holds ", frames, " frames; give this file itself, not its folder"));
}

DicomSeries sorted_series(const std::string& uid, const std::vector<Header>& headers) {
  DicomSeries series{uid, describe(headers), {}, false, 1};
  const auto& first = headers.front();
  series.has_positions = std::all_of(headers.begin(), headers.end(),
                                     [&](const auto& each) { return place_of(each, first).has_value(); });
  for (const auto& header : headers) {
    refuse_unlike(header, first);
    if (!series.has_positions && (header[kInstance].empty() || place_of(header, first)))
      throw FormatError(text(header.file.string(), ": ",
                             header[kInstance].empty() ? "has neither position nor instance number"
                                                       : "has a position, other slices have none",
                             "; the order of the slices is not known"));
    series.slices.push_back({header.file, series.has_positions ? *place_of(header, first)
                                                               : std::atof(header[kInstance].c_str())});
  }
  std::sort(series.slices.begin(), series.slices.end(),
            [](const auto& a, const auto& b) { return a.position < b.position; });
  const auto spacing = even_spacing(series);
  if (series.has_positions) series.spacing = spacing;
  return series;
}

std::string list_of(const std::map<std::string, std::vector<Header>>& all) {
  std::string list;
  int number = 1;
  for (const auto& [uid, headers] : all)
    list +=
        text(list.empty() ? "" : "; ", number++, " (", describe(headers), ", ", headers.size(), " slices)");
  return list;
}

}  // namespace

DicomSeries read_dicom_folder(const fs::path& folder, const std::string& chosen) {
  const auto all = headers_by_series(folder);
  if (all.empty()) throw FormatError(text(folder.string(), ": the folder holds no DICOM slices"));
  if (chosen.empty()) {
    if (all.size() > 1)
      throw FormatError(text(folder.string(), ": holds ", all.size(), " series: ", list_of(all),
                             "; choose one with --series N"));
    return sorted_series(all.begin()->first, all.begin()->second);
  }
  int number = 0;
  for (const auto& [uid, headers] : all)
    if (++number; chosen == uid || chosen == std::to_string(number)) return sorted_series(uid, headers);
  throw ArgumentError(text(folder.string(), ": there is no series ", chosen, "; it holds ", list_of(all)));
}

}  // namespace firstframe
