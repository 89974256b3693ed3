#include "io/volume/volume_info.h"

namespace firstframe {

std::int64_t bytes_per_sample(StoredType type) {
  switch (type) {
    case StoredType::int8:
    case StoredType::uint8: return 1;
    case StoredType::int16:
    case StoredType::uint16: return 2;
    case StoredType::int32:
    case StoredType::uint32:
    case StoredType::float32: return 4;
    case StoredType::float64: return 8;
  }
  return 0;
}

std::string name_of(StoredType type) {
  static const char* const names[] = {"int8", "uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"};
  return names[static_cast<int>(type)];
}

std::optional<StoredType> stored_type_named(std::string_view name) {
  for (const auto type : kStoredTypes)
    if (name_of(type) == name) return type;
  return std::nullopt;
}

SampleCode code_of(StoredType type) {
  switch (type) {
    case StoredType::int8: return {SampleType::uint8, 128};
    case StoredType::uint8: return {SampleType::uint8, 0};
    case StoredType::int16: return {SampleType::uint16, 32768};
    case StoredType::uint16: return {SampleType::uint16, 0};
    default: return {SampleType::float32, 0};
  }
}

std::string_view name_of(Axis axis) {
  static const char* const names[] = {"x", "y", "z"};
  return names[static_cast<int>(axis)];
}

std::optional<Axis> axis_named(std::string_view name) {
  for (const auto axis : {Axis::x, Axis::y, Axis::z})
    if (name_of(axis) == name) return axis;
  return std::nullopt;
}

std::int64_t sections_along(const VolumeGeometry& geometry, Axis axis) {
  return geometry.size[static_cast<std::size_t>(axis)];
}

Extent section_extent(const VolumeGeometry& geometry, Axis axis) {
  const auto [x, y, z] = geometry.size;
  if (axis == Axis::z) return {y, x};
  if (axis == Axis::y) return {z, x};
  return {z, y};
}

VolumeGeometry enlarged(const VolumeGeometry& geometry, Axis axis, const Upscale& upscale) {
  auto large = geometry;
  const auto factor = static_cast<double>(upscale.factor);
  const std::size_t cols = axis == Axis::x ? 1 : 0, rows = axis == Axis::z ? 1 : 2;
  const auto enlarge = [&](std::size_t along, double phase) {
    large.size[along] *= upscale.factor;
    large.spacing[along] /= factor;
    // The small sample 0 lies at `phase` on the large grid, so the large sample 0 as far before it.
    const double back = phase * large.spacing[along];
    for (std::size_t i = 0; i < 3; ++i) large.origin[i] -= geometry.direction[3 * i + along] * back;
  };
  enlarge(rows, upscale.row_phase);
  enlarge(cols, upscale.col_phase);
  return large;
}

}  // namespace firstframe
