#pragma once

#include "io/volume/dicom_folder.h"

namespace firstframe {

/// The distance between neighbouring slices, which must be one for all; 1 for a single slice.
/// \param series  slices in ascending position
/// \throws FormatError naming two files and their positions where slices are missing, lie at one place or unequally far apart
double even_spacing(const DicomSeries& series);

}  // namespace firstframe
