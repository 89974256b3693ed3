#include "io/volume/dicom_volume.h"

#include <itkGDCMImageIO.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/volume/block_source.h"
#include "io/volume/dicom_folder.h"
#include "io/volume/dicom_whole.h"
#include "io/volume/itk_header.h"
#include "io/volume/quiet_gdcm.h"
#include "io/volume/sample_block.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// DICOM fills values up to an even length with a blank.
VolumeInfo read_dicom_header(itk::GDCMImageIO& io, const fs::path& file) {
  require_whole_dicom(file);
  auto info = read_itk_header(io, file, "DICOM");
  for (auto& [key, value] : info.metadata) value.erase(value.find_last_not_of(' ') + 1);
  return info;
}

// The slices of a series, each checked against the first one.
class DicomReader {
 public:
  DicomReader(const fs::path& folder, const std::string& chosen)
      : series_(read_dicom_folder(folder, chosen)) {
    info_ = header_of(series_.slices.front().file);
    info_.format = "DICOM series";
    info_.geometry.size[2] = static_cast<std::int64_t>(series_.slices.size());
    info_.geometry.spacing[2] = series_.spacing;
  }

  const VolumeInfo& info() const { return info_; }

  std::vector<std::byte> slice(std::size_t index) {
    const auto& file = series_.slices[index].file;
    const auto found = header_of(file);
    if (found.stored != info_.stored || found.geometry.size[0] != info_.geometry.size[0] ||
        found.geometry.size[1] != info_.geometry.size[1] || found.geometry.size[2] != 1)
      throw FormatError(text(file.string(), ": holds ", found.geometry.size[1], " x ", found.geometry.size[0],
                             " of ", name_of(found.stored), ", the first slice ", info_.geometry.size[1],
                             " x ", info_.geometry.size[0], " of ", name_of(info_.stored),
                             " (after rescaling); the slices of a series must be alike"));
    return read_itk_samples(*io_, file);
  }

 private:
  VolumeInfo header_of(const fs::path& file) { return read_dicom_header(*io_, file); }

  DicomSeries series_;
  VolumeInfo info_;
  itk::GDCMImageIO::Pointer io_ = itk::GDCMImageIO::New();
};

// The series as one volume without gaps: a section along z lies in one slice.
ReadAt read_slices(std::shared_ptr<DicomReader> reader) {
  const auto held =
      std::make_shared<std::pair<std::int64_t, std::vector<std::byte>>>(-1, std::vector<std::byte>{});
  return [reader, held](std::int64_t offset, std::span<std::byte> to) {
    const auto [x, y, z] = reader->info().geometry.size;
    const auto plane = x * y * bytes_per_sample(reader->info().stored);
    while (!to.empty()) {
      const auto slice = offset / plane, within = offset % plane;
      if (held->first != slice) {
        held->first = -1;
        held->second = reader->slice(static_cast<std::size_t>(slice));
        held->first = slice;
      }
      const auto bytes = std::min<std::int64_t>(plane - within, static_cast<std::int64_t>(to.size()));
      std::memcpy(to.data(), held->second.data() + within, static_cast<std::size_t>(bytes));
      to = to.subspan(static_cast<std::size_t>(bytes));
      offset += bytes;
    }
  };
}

}  // namespace

std::unique_ptr<SectionSource> open_dicom_series(const fs::path& path, const VolumeOptions& options) {
  quiet_gdcm();
  const auto reader = std::make_shared<DicomReader>(path, options.series);
  auto info = reader->info();
  if (options.axis == Axis::z) {
    const auto block =
        packed_block(info.stored, info.geometry.size, 0, std::endian::native == std::endian::big);
    return open_read_source(path, info, block, read_slices(reader), options);
  }
  info.access = VolumeInfo::Access::whole;
  std::vector<std::byte> samples;
  for (std::int64_t index = 0; index < info.geometry.size[2]; ++index) {
    const auto slice = reader->slice(static_cast<std::size_t>(index));
    samples.reserve(slice.size() * static_cast<std::size_t>(info.geometry.size[2]));
    samples.insert(samples.end(), slice.begin(), slice.end());
  }
  return open_memory_source(path, info, std::move(samples), options);
}

std::unique_ptr<SectionSource> open_dicom_frames(const fs::path& path, const VolumeOptions& options) {
  quiet_gdcm();
  const auto io = itk::GDCMImageIO::New();
  auto info = read_dicom_header(*io, path);
  info.access = VolumeInfo::Access::whole;
  auto samples = read_itk_samples(*io, path);
  return open_memory_source(path, info, std::move(samples), options);
}

}  // namespace firstframe
