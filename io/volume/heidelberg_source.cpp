#include <array>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"
#include "io/volume/block_source.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr std::int64_t kHeader = 2048;      // bytes; the picture of the fundus follows, then the B-scans
constexpr float kOutside = 3e38f;           // samples above lie outside the eye's scan; the format marks them with 3.4e38

template <typename Number>
Number number_at(const std::array<std::byte, kHeader>& header, std::size_t offset) {
  Number number;
  std::memcpy(&number, header.data() + offset, sizeof(Number));
  return number;
}

std::string text_at(const std::array<std::byte, kHeader>& header, std::size_t offset, std::size_t longest) {
  const auto* begin = reinterpret_cast<const char*>(header.data() + offset);
  return {begin, ::strnlen(begin, longest)};
}

double positive_or_one(double spacing) { return std::isfinite(spacing) && spacing > 0 ? spacing : 1; }

// Passes sections on with 0 where the format marks that there is no sample.
class HeidelbergSource final : public SectionSource {
 public:
  explicit HeidelbergSource(std::unique_ptr<SectionSource> samples) : samples_(std::move(samples)) {}

  const VolumeInfo& info() const override { return samples_->info(); }
  Axis axis() const override { return samples_->axis(); }
  fs::path path() const override { return samples_->path(); }

  Section read(std::int64_t index) override {
    auto section = samples_->read(index);
    auto* const values = section.samples<float>();
    for (std::int64_t i = 0; i < section.extent().area(); ++i)
      if (values[i] > kOutside) values[i] = 0;
    return section;
  }

 private:
  std::unique_ptr<SectionSource> samples_;
};

}  // namespace

// Offsets after barefootbiology/heyexr, R/read_vol_header.R, which cites Heidelberg's "Exporting Raw Data", revision 4.0-1E.
std::unique_ptr<SectionSource> open_heidelberg(const fs::path& path, const VolumeOptions& options) {
  const FileReader file(path);
  if (file.size() < kHeader)
    throw FormatError(text(path.string(), ": is cut: a .vol header has ", kHeader, " bytes, the file has ", file.size()));
  std::array<std::byte, kHeader> header;
  file.read(0, header);
  const auto version = text_at(header, 0, 12);
  if (!version.starts_with("HSF-OCT"))
    throw FormatError(text(path.string(), ": does not begin with HSF-OCT, as Heidelberg's .vol files do"));

  const std::int64_t cols = number_at<std::int32_t>(header, 12), count = number_at<std::int32_t>(header, 16),
                     rows = number_at<std::int32_t>(header, 20), fundus_cols = number_at<std::int32_t>(header, 48),
                     fundus_rows = number_at<std::int32_t>(header, 52), scan_header = number_at<std::int32_t>(header, 100);
  if (fundus_cols < 0 || fundus_rows < 0 || scan_header < 0)
    throw FormatError(text(path.string(), ": its header is off: a fundus picture of ", fundus_rows, " x ", fundus_cols,
                           " and B-scan headers of ", scan_header, " bytes"));
  VolumeInfo info;
  info.format = "Heidelberg vol";
  info.stored = StoredType::float32;
  info.geometry.size = {cols, rows, count};
  info.geometry.spacing = {positive_or_one(number_at<double>(header, 24)), positive_or_one(number_at<double>(header, 40)),
                           positive_or_one(number_at<double>(header, 32))};
  info.metadata["HeidelbergVersion"] = version;
  info.metadata["ScanPosition"] = text_at(header, 84, 4);  // OD or OS; who the patient is stays behind
  info.metadata["ScanPattern"] = text(number_at<std::int32_t>(header, 96));

  auto block = packed_block(info.stored, info.geometry.size, kHeader + fundus_cols * fundus_rows + scan_header);
  block.plane_stride += scan_header;
  return std::make_unique<HeidelbergSource>(open_block_source(path, std::move(info), block, path, options));
}

}  // namespace firstframe
