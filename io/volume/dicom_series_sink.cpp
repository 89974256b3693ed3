#include <algorithm>
#include <cmath>
#include <iomanip>
#include <memory>
#include <sstream>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "io/volume/derived_slice.h"
#include "io/volume/dicom_folder.h"
#include "io/volume/dicom_volume.h"
#include "io/volume/folder_draft.h"
#include "io/volume/quiet_gdcm.h"
#include "io/volume/stored_section.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

DicomSeries source_series(const fs::path& source, const VolumeInfo& info) {
  const auto uid = info.metadata.find("0020|000e");
  auto series = read_dicom_folder(source, uid == info.metadata.end() ? "" : uid->second);
  const auto found = static_cast<std::int64_t>(series.slices.size());
  if (found != info.geometry.size[2])
    throw ArgumentError(text(source.string(), ": the series has ", found, " slices, the volume ",
                             info.geometry.size[2],
                             "; a DICOM series is written from a series of the same slices only, else write "
                             "a .mha, .nii or .tif"));
  return series;
}

// Values as the source has them after rescaling.
std::vector<double> values_of(const Section& section, double offset) {
  std::vector<double> values(static_cast<std::size_t>(section.extent().area()));
  const auto copy = [&](const auto* samples) {
    std::transform(samples, samples + values.size(), values.begin(),
                   [&](auto sample) { return sample - offset; });
  };
  if (section.type() == SampleType::uint8) copy(section.samples<std::uint8_t>());
  if (section.type() == SampleType::uint16) copy(section.samples<std::uint16_t>());
  if (section.type() == SampleType::float32) copy(section.samples<float>());
  return values;
}

std::vector<std::string> slice_names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t index = 0; index < count; ++index)
    names.push_back(text(std::setw(6), std::setfill('0'), index, ".dcm"));
  return names;
}

class DicomSeriesSink final : public SectionSink {
 public:
  DicomSeriesSink(const fs::path& path, const VolumeInfo& info, const SinkOptions& options,
                  const fs::path& source)
      : info_(info),
        fingerprint_(options.fingerprint),
        series_(source_series(source, info)),
        names_(slice_names(series_.slices.size())),
        draft_(path, info, options, names_) {}

  std::int64_t first_missing() const override { return draft_.first_missing(); }
  std::int64_t clipped() const override { return draft_.clipped(); }

  void write(std::int64_t index, const SectionView& section) override {
    draft_.require_next(index, info_.geometry.size[2]);
    const auto stored =
        stored_section(info_.stored, section_extent(info_.geometry, Axis::z), section, draft_.target());
    const auto slice = derived_slice(series_.slices[static_cast<std::size_t>(index)].file,
                                     values_of(stored.section, code_of(info_.stored).offset), fingerprint_);
    const auto path = draft_.path() / names_[static_cast<std::size_t>(index)];
    FileDraft file(path);
    write_bytes(file.path(), std::as_bytes(std::span(slice.file)), path);
    file.publish();
    draft_.section_done(stored.clipped + slice.clipped);
  }

  void finish() override {
    draft_.require_all(info_.geometry.size[2]);
    draft_.publish();
  }

 private:
  VolumeInfo info_;
  std::string fingerprint_;
  DicomSeries series_;
  std::vector<std::string> names_;
  FolderDraft draft_;
};

}  // namespace

std::unique_ptr<SectionSink> open_dicom_series_sink(const fs::path& path, const VolumeInfo& info,
                                                    const SinkOptions& options, const fs::path& source) {
  quiet_gdcm();
  if (options.axis != Axis::z)
    throw ArgumentError(text(path.string(), ": a DICOM series is written along z, not ",
                             name_of(options.axis), "; write a .mha, .nii or .tif, or go along z"));
  return std::make_unique<DicomSeriesSink>(path, info, options, source);
}

}  // namespace firstframe
