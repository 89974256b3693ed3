#pragma once

#include <itkImage.h>
#include <itkImageFileReader.h>
#include <itkImageFileWriter.h>
#include <itkMetaDataObject.h>
#include <itkMetaImageIO.h>
#include <itkNiftiImageIO.h>
#include <itkNrrdImageIO.h>
#include <itkRGBPixel.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>

#include "io/volume/section_source.h"

namespace firstframe {

template <typename Sample>
using Volume = itk::Image<Sample, 3>;

/// The ImageIO that goes with an ending.
inline itk::ImageIOBase::Pointer itk_io(const std::string& path) {
  if (path.find(".nii") != path.npos) return itk::NiftiImageIO::New().GetPointer();
  if (path.ends_with(".nrrd") || path.ends_with(".nhdr")) return itk::NrrdImageIO::New().GetPointer();
  return itk::MetaImageIO::New().GetPointer();
}

/// Every sample random, the type's extremes among them (32-bit integers that a float can hold), in a space that is turned, spaced
/// unequally and moved.
template <typename Sample>
typename Volume<Sample>::Pointer oblique_volume(std::array<unsigned, 3> size = {7, 5, 4}, unsigned seed = 1) {
  auto volume = Volume<Sample>::New();
  volume->SetRegions(typename Volume<Sample>::SizeType{{size[0], size[1], size[2]}});
  volume->Allocate();
  const auto count = volume->GetPixelContainer()->Size();
  std::mt19937 generator(seed);
  for (std::size_t i = 0; i < count; ++i) {
    if constexpr (std::is_floating_point_v<Sample>)
      volume->GetBufferPointer()[i] = static_cast<Sample>(static_cast<float>(generator()) / 1e6f - 2000);
    else if constexpr (sizeof(Sample) == 4)
      volume->GetBufferPointer()[i] = static_cast<Sample>(generator() >> 8);
    else
      volume->GetBufferPointer()[i] = static_cast<Sample>(generator());
  }
  volume->GetBufferPointer()[0] = std::numeric_limits<Sample>::lowest();
  if (sizeof(Sample) < 4) volume->GetBufferPointer()[1] = std::numeric_limits<Sample>::max();
  const double spacing[] = {0.5, 0.25, 3.0}, origin[] = {-10.5, 20.25, 7.0};
  volume->SetSpacing(spacing);
  volume->SetOrigin(origin);
  const double angle = 0.3;
  typename Volume<Sample>::DirectionType direction;
  direction.SetIdentity();
  direction(0, 0) = direction(1, 1) = std::cos(angle);
  direction(0, 1) = -std::sin(angle);
  direction(1, 0) = std::sin(angle);
  volume->SetDirection(direction);
  return volume;
}

template <typename Sample>
void write_itk(const typename Volume<Sample>::Pointer& volume, const std::string& path, bool compressed = false) {
  auto writer = itk::ImageFileWriter<Volume<Sample>>::New();
  writer->SetInput(volume);
  writer->SetFileName(path);
  writer->SetImageIO(itk_io(path));
  writer->SetUseCompression(compressed);
  writer->Update();
}

template <typename Sample>
typename Volume<Sample>::Pointer read_itk(const std::string& path) {
  auto reader = itk::ImageFileReader<Volume<Sample>>::New();
  reader->SetFileName(path);
  reader->SetImageIO(itk_io(path));
  reader->Update();
  return reader->GetOutput();
}

/// The value a section's sample stands for.
inline double stored_value(const Section& section, StoredType stored, std::int64_t row, std::int64_t col) {
  const auto at = row * section.extent().cols + col;
  const double offset = code_of(stored).offset;
  if (section.type() == SampleType::uint8) return section.samples<std::uint8_t>()[at] - offset;
  if (section.type() == SampleType::uint16) return section.samples<std::uint16_t>()[at] - offset;
  return section.samples<float>()[at];
}

/// Where a sample of a section is in its volume.
inline itk::Index<3> index_of(Axis axis, std::int64_t section, std::int64_t row, std::int64_t col) {
  if (axis == Axis::z) return {{col, row, section}};
  return axis == Axis::y ? itk::Index<3>{{col, section, row}} : itk::Index<3>{{section, col, row}};
}

/// Samples of all sections that are not ITK's; a double is compared as the float it becomes.
template <typename Sample>
std::int64_t different_samples(SectionSource& source, const typename Volume<Sample>::Pointer& truth) {
  std::int64_t different = 0;
  for (std::int64_t index = 0; index < source.count(); ++index) {
    const auto section = source.read(index);
    for (std::int64_t row = 0; row < section.extent().rows; ++row)
      for (std::int64_t col = 0; col < section.extent().cols; ++col) {
        auto expected = static_cast<double>(truth->GetPixel(index_of(source.axis(), index, row, col)));
        if (section.type() == SampleType::float32) expected = static_cast<float>(expected);
        different += stored_value(section, source.info().stored, row, col) != expected;
      }
  }
  return different;
}

template <typename Sample>
VolumeGeometry geometry_of(const typename Volume<Sample>::Pointer& volume) {
  VolumeGeometry geometry;
  for (unsigned axis = 0; axis < 3; ++axis) {
    geometry.size[axis] = static_cast<std::int64_t>(volume->GetLargestPossibleRegion().GetSize(axis));
    geometry.spacing[axis] = volume->GetSpacing()[axis];
    geometry.origin[axis] = volume->GetOrigin()[axis];
    for (unsigned row = 0; row < 3; ++row) geometry.direction[3 * row + axis] = volume->GetDirection()(row, axis);
  }
  return geometry;
}

/// Equal up to rounding: NIfTI keeps floats, and ITK makes directions orthonormal again.
inline bool is_near(const VolumeGeometry& a, const VolumeGeometry& b, double tolerance) {
  const auto near = [&](const auto& x, const auto& y) {
    return std::equal(x.begin(), x.end(), y.begin(), [&](double p, double q) { return std::abs(p - q) <= tolerance; });
  };
  return a.size == b.size && near(a.spacing, b.spacing) && near(a.origin, b.origin) && near(a.direction, b.direction);
}

}  // namespace firstframe
