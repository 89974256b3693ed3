#pragma once

#include <string>

#include "io/volume/volume_info.h"

namespace firstframe {

/// Everything of a TIFF stack but its samples: a header and one directory a page, little endian, one uncompressed strip a
/// page. The samples follow, x fastest, without gaps. A volume that ends above 4 GiB gets BigTIFF.
///
/// All directories stand in front, so that the length of the file and the place of every sample are known before the first
/// section comes, and a stopped run can go on anywhere. ImageJ finds size, spacing, origin and unit in the description.
///
/// Source: TIFF 6.0 (Adobe 1992), sections 2 and 8; BigTIFF as libtiff documents it (https://www.libtiff.org/bigtiff.html).
std::string tiff_stack_header(const VolumeInfo& info);

}  // namespace firstframe
