#include <regex>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"
#include "io/volume/block_sink.h"
#include "io/volume/block_source.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

std::unique_ptr<SectionSource> open_samples(const fs::path& path, const std::string& format, const RawVolume& raw,
                                            const VolumeOptions& options) {
  if (raw.header_bytes < 0)
    throw ArgumentError(text(path.string(), ": ", raw.header_bytes, " bytes of header cannot be passed over; give 0 or more"));
  for (const auto side : raw.size)
    if (side < 1) throw ArgumentError(text(path.string(), ": a side of ", side, " samples cannot be; give 1 or more"));
  VolumeInfo info;
  info.format = format;
  info.stored = raw.stored;
  info.geometry.size = raw.size;
  const auto block = packed_block(raw.stored, raw.size, raw.header_bytes, raw.big_endian);
  const auto length = FileReader(path).size();
  if (length != block.end())
    throw ArgumentError(text(path.string(), ": ", raw.size[0], " x ", raw.size[1], " x ", raw.size[2], " samples of ",
                             name_of(raw.stored), raw.header_bytes > 0 ? text(" behind ", raw.header_bytes, " bytes") : "",
                             " are ", block.end(), " bytes, the file has ", length));
  return open_block_source(path, std::move(info), block, path, options);
}

}  // namespace

std::unique_ptr<SectionSource> open_raw(const fs::path& path, const VolumeOptions& options) {
  { const FileReader file(path); }
  if (!options.raw)
    throw ArgumentError(text(path.string(), ": bare samples do not say their size and type; give them, as --raw-size 512x1024x128 "
                             "--raw-type uint16"));
  return open_samples(path, "raw", *options.raw, options);
}

// Cirrus names its cubes "... Macular Cube 512x128 ..._cube_z.img": A-scans by B-scans of 1024 samples depth, uint8; x runs
// fastest and then depth. After OCT-Converter, oct_converter/readers/img.py.
std::unique_ptr<SectionSource> open_zeiss_img(const fs::path& path, const VolumeOptions& options) {
  const FileReader file(path);
  if (options.raw) return open_samples(path, "Zeiss img", *options.raw, options);
  const auto name = path.filename().string();
  std::smatch sides;
  if (std::regex_search(name, sides, std::regex("([0-9]{2,4})x([0-9]{2,4})"))) {
    RawVolume raw;
    raw.size = {std::stoll(sides[1]), 1024, std::stoll(sides[2])};
    raw.stored = StoredType::uint8;
    if (raw.size[0] * raw.size[1] * raw.size[2] == file.size()) return open_samples(path, "Zeiss img", raw, options);
  }
  throw ArgumentError(text(path.string(), ": its ", file.size(), " bytes do not say their size, and its name does not either; "
                           "give it, as --raw-size 512x1024x128 --raw-type uint8"));
}

std::unique_ptr<SectionSink> open_raw_sink(const fs::path& path, const VolumeInfo& info, const SinkOptions& options) {
  return open_block_sink(path, info, local_layout(info, ""), options);
}

}  // namespace firstframe
