#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/frame/section.h"
#include "io/seismic/segy_options.h"
#include "io/volume/volume_files.h"
#include "io/volume/volume_info.h"

namespace firstframe {

/// What a file of bare samples does not say about itself.
struct RawVolume {
  std::array<std::int64_t, 3> size{0, 0, 0};  // x, y, z
  StoredType stored = StoredType::uint16;
  bool big_endian = false;
  std::int64_t header_bytes = 0;  // passed over at the beginning
};

struct VolumeOptions {
  Axis axis = Axis::z;
  std::optional<ValueRange> range;  // what black and white are, in stored values; nothing takes the section type's full range
  std::optional<RawVolume> raw;     // files of bare samples only
  std::string series = {};          // which of a DICOM folder's series: its number in the refusal that lists them, or its UID
  SegyOptions segy = {};            // SEG-Y and SU files only
};

/// A volume, read section by section in any order. Sections hold one channel, coded as code_of(info().stored) says.
class SectionSource {
 public:
  virtual ~SectionSource() = default;

  virtual const VolumeInfo& info() const = 0;
  virtual Axis axis() const = 0;
  std::int64_t count() const { return sections_along(info().geometry, axis()); }
  Extent extent() const { return section_extent(info().geometry, axis()); }

  /// \throws ArgumentError when there is no section of that number, naming how many there are
  /// \throws FormatError when the file ends before it, or cannot be decoded
  /// Not for several threads at once.
  virtual Section read(std::int64_t index) = 0;

  virtual std::filesystem::path path() const = 0;
  /// The files it is read from, in order of their names: path() and the file of its samples, or what lies in the folder path().
  virtual std::vector<std::filesystem::path> files() const { return volume_files(path()); }
  /// What a user should hear of the file: headers that contradict each other and which was believed, samples read so far that are
  /// no numbers. Sentences without the file's name.
  virtual std::vector<std::string> remarks() const { return {}; }
};

/// Whether a name, or what lies there, is a volume: .mha .mhd .nrrd .nhdr .nii .nii.gz .vol .img .raw .dcm .sgy .segy .su, a TIFF of
/// several pages, SEG-Y under any other name, a folder of DICOM slices. Pictures, folders of pictures and videos are open_frames()'.
bool is_volume(const std::filesystem::path& path);

/// Whether it is SEG-Y or SU: by its name, .sgy .segy .su, or by its content under a name that is no other format's.
bool is_seismic(const std::filesystem::path& path);

/// Opens a volume, or a folder of pictures of one size as a volume.
/// \throws MissingFileError when there is nothing of that name, or it may not be read
/// \throws FormatError when it is cut, empty, 4-D, of colour, compressed in a way that is not known, or a series with missing
///         or unequally spaced slices
/// \throws ArgumentError when a raw file comes without its size, or with one that its length contradicts
/// \throws DeviceError when the format needs ITK or segyio and Firstframe was built without
std::unique_ptr<SectionSource> open_volume(const std::filesystem::path& path, const VolumeOptions& options = {});

}  // namespace firstframe
