#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace firstframe {

/// One file of a DICOM series.
struct DicomSlice {
  std::filesystem::path file;
  double position =
      0;  // along the normal of the slices, mm; the instance number where no slice has a position
};

/// A series, its slices in ascending position.
struct DicomSeries {
  std::string uid;
  std::string description;  // "MR, T1 axial", for messages
  std::vector<DicomSlice> slices;
  bool has_positions = false;  // false: `position` is the instance number
  double spacing = 1;          // mm between slices; 1 when positions are not known or there is one slice
};

/// The series of a folder, or the one of several that `chosen` names by its number in the message or by its UID.
///
/// Headers are read by gdcm::Scanner up to the rescale slope, never pixels. Slices are ordered by ImagePositionPatient along
/// the normal of ImageOrientationPatient; where no slice has a position, by InstanceNumber. Positions may differ from even
/// ones by 1 % of the spacing, and by 0.01 mm.
///
/// \throws MissingFileError when the folder cannot be read
/// \throws FormatError when it holds no slices, several series and none is chosen, slices of two sizes or types, two slices at
///         one position, missing or unequally spaced slices, naming files and positions
/// \throws ArgumentError when there is no series `chosen`
DicomSeries read_dicom_folder(const std::filesystem::path& folder, const std::string& chosen);

}  // namespace firstframe
