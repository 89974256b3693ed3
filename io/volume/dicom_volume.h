#pragma once

#include <filesystem>
#include <memory>

#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// The slices of a folder as sections along z, each read when it is asked for; along x and y the whole series is decoded
/// into memory first. Read through itk::GDCMImageIO: values are stored value * RescaleSlope + RescaleIntercept, in the
/// smallest type that holds them (a CT of 12 bits is int16, of 16 signed bits and an intercept int32), float64 where the slope is no whole number.
/// The metadata is the first slice's. See read_dicom_folder for what is refused and how one of several series is chosen.
std::unique_ptr<SectionSource> open_dicom_series(const std::filesystem::path& path,
                                                 const VolumeOptions& options);

/// One DICOM file, multi-frame (ophthalmic tomography, enhanced CT and MR) or of a single slice: the whole of it is decoded
/// into memory. Values as open_dicom_series has them.
std::unique_ptr<SectionSource> open_dicom_frames(const std::filesystem::path& path,
                                                 const VolumeOptions& options);

/// A folder with a new series derived from the one in `source`: every slice carries its source slice's whole header, with a
/// SeriesInstanceUID and SOPInstanceUIDs of its own, ImageType DERIVED, and uncompressed pixels. UIDs follow from the
/// source's and options.fingerprint, so that a repeated run gives the same bytes. Names are 000000.dcm on, by position.
///
/// Values are stored as (value - RescaleIntercept) / RescaleSlope, rounded and limited to the bits that the source stores, so
/// that unchanged values read back unchanged.
///
/// \param info  as open_dicom_series(source) has it
/// \throws ArgumentError for another axis, and when `source` is no series of this size and type
std::unique_ptr<SectionSink> open_dicom_series_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                                    const SinkOptions& options,
                                                    const std::filesystem::path& source);

}  // namespace firstframe
