#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/frame/resample.h"
#include "core/frame/section.h"

namespace firstframe {

struct SegyFile;

/// How a volume's file stores a sample.
enum class StoredType { int8, uint8, int16, uint16, int32, uint32, float32, float64 };

std::int64_t bytes_per_sample(StoredType type);
std::string name_of(StoredType type);
/// The type of that name_of(); nothing for any other name.
std::optional<StoredType> stored_type_named(std::string_view name);

inline constexpr StoredType kStoredTypes[] = {StoredType::int8,  StoredType::uint8,  StoredType::int16,   StoredType::uint16,
                                              StoredType::int32, StoredType::uint32, StoredType::float32, StoredType::float64};

/// What a section of such a volume holds. 8 and 16 bits stay integers, so that no value is rounded on the way through;
/// signed ones are moved up by half their range (section value = stored value + offset), which loses nothing. Wider
/// types become float32.
struct SampleCode {
  SampleType type = SampleType::uint8;
  double offset = 0;  // 128 for int8, 32768 for int16, else 0

  /// A range of stored values as the section's.
  ValueRange coded(ValueRange stored) const { return {stored.low + offset, stored.high + offset}; }
};
SampleCode code_of(StoredType type);

/// Where the samples of a volume lie in space, as ITK has it: point = origin + direction * (spacing * index).
struct VolumeGeometry {
  std::array<std::int64_t, 3> size{1, 1, 1};            // samples along x (fastest in the file), y and z
  std::array<double, 3> spacing{1, 1, 1};               // mm, unless the format counts otherwise
  std::array<double, 3> origin{0, 0, 0};                // centre of sample (0, 0, 0)
  std::array<double, 9> direction{1, 0, 0, 0, 1, 0, 0, 0, 1};  // row by row; column i is where axis i points

  bool operator==(const VolumeGeometry&) const = default;
};

/// The axis that sections are counted along. Of the two that are left the faster one in the file runs across a
/// section and the slower one down: z gives rows y and columns x, y gives rows z and columns x, x rows z, columns y.
enum class Axis { x, y, z };
std::string_view name_of(Axis axis);
/// The axis of that name_of(); nothing for any other name.
std::optional<Axis> axis_named(std::string_view name);

std::int64_t sections_along(const VolumeGeometry& geometry, Axis axis);
Extent section_extent(const VolumeGeometry& geometry, Axis axis);

/// Of the volume that super-resolution of its sections gives: the same place with `upscale.factor` times as many samples along
/// both axes of a section.
VolumeGeometry enlarged(const VolumeGeometry& geometry, Axis axis, const Upscale& upscale);

/// Everything about a volume but its samples.
struct VolumeInfo {
  /// How much of the file a section costs.
  enum class Access {
    by_section,  // the section's own bytes
    whole,       // the whole volume is decoded into memory first: compressed files, formats read through a library
  };

  std::string format;  // "MetaImage", "NRRD", "NIfTI", "TIFF stack", "DICOM series", ... for messages
  StoredType stored = StoredType::uint8;
  VolumeGeometry geometry;
  bool compressed = false;
  Access access = Access::by_section;
  std::map<std::string, std::string> metadata;  // the header's other entries; carried where the output's format can
  std::shared_ptr<const SegyFile> segy;         // of SEG-Y and SU: the file itself, of which an output in these formats is a copy
};

}  // namespace firstframe
