#include "io/seismic/segy_file.h"

#include <array>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/seismic/sample_evidence.h"
#include "io/seismic/segyio.h"
#include "io/volume/volume_formats.h"

namespace firstframe {

SegyFile::SegyFile(const std::filesystem::path& path, const SegyOptions& how) : file(path), options(how) {
  require_segyio(path);
  layout = volume_ending(path) == ".su" ? read_su_layout(file, options, findings) : read_segy_layout(file, options, findings);
  check_samples(file, layout, options);
  const auto numbers = read_trace_numbers(file, layout, options);
  if (numbers.shortest != numbers.longest)
    findings.push_back(text("the trace headers say between ", numbers.shortest, " and ", numbers.longest, " samples; ", layout.samples,
                            " was believed, since traces of that length fill the file"));
  marked_dead = numbers.marked_dead;
  try {
    grid = place_traces(numbers, options, findings);
  } catch (const FormatError& error) {
    throw FormatError(text(path.string(), ": ", error.what()));
  }
}

std::shared_ptr<const SegyFile> open_segy_file(const std::filesystem::path& path, const SegyOptions& options) {
  return std::make_shared<SegyFile>(path, options);
}

bool is_segy_file(const std::filesystem::path& path) {
  try {
    const FileReader file(path);
    if (file.size() < kTextHeaderBytes + kBinaryHeaderBytes + kTraceHeaderBytes) return false;
    std::array<std::byte, kTextHeaderBytes + kBinaryHeaderBytes> headers;
    file.read(0, headers);
    constexpr std::byte kEbcdicC{0xc3};
    if (headers[0] != kEbcdicC && headers[0] != std::byte{'C'}) return false;
    for (const bool big_endian : {true, false})
      if (segy_format_name(static_cast<int>(count_at(headers, binary_byte::kFormat, big_endian))) != "unknown") return true;
    return false;
  } catch (const Error&) {
    return false;
  }
}

std::string name_of_trace(const SegyFile& segy, std::int64_t section, std::int64_t column) {
  const auto& grid = segy.grid;
  const auto trace = text("trace ", grid.trace(section, column));
  if (grid.across.empty()) return grid.lines.empty() ? trace : text(trace, " (", grid.section_name(section), ")");
  const auto other = grid.kind == SegySections::inlines ? "crossline " : "inline ";
  return text(trace, " (", grid.section_name(section), ", ", other, grid.across[static_cast<std::size_t>(column)], ")");
}

}  // namespace firstframe
