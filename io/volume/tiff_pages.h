#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/frame/section.h"
#include "io/volume/tiff_file.h"
#include "io/volume/volume_info.h"

namespace firstframe {

/// Where one page of a stack lies in its file.
struct TiffPage {
  std::uint64_t directory = 0;  // 0 for a plane that only the ImageJ description tells of
  std::vector<std::uint64_t>
      strips;  // where its bands of rows begin, one when it lies in one piece; empty unless is_in_place
};

/// What the directories of a TIFF say together: pages of one size and one type.
struct TiffPages {
  std::vector<TiffPage> pages;
  Extent extent;
  StoredType stored = StoredType::uint8;
  std::int64_t rows_per_strip = 0;
  bool is_compressed = false;
  bool is_in_place = false;    // uncompressed strips: every row of every page can be read by itself
  bool is_big_endian = false;  // samples that are read in place

  // As the first page has them.
  std::string description;   // ImageDescription
  double cols_per_unit = 0;  // XResolution; 0 when not given
  double rows_per_unit = 0;  // YResolution
  double unit_mm = 0;        // what the resolutions count in; 0 when the file does not say

  std::uint64_t row_place(std::int64_t page, std::int64_t row) const;
};

/// Walks along all directories. Thumbnails and masks are passed over. One directory followed by bare planes, as ImageJ
/// writes stacks above 4 GiB, counts as many pages as its description says.
///
/// \throws FormatError naming the page that is of colour, has another size or type than the first, or leaves the file
/// Cost: one read per directory; no sample is decoded.
TiffPages read_tiff_pages(TiffFile& file);

/// Whether a file is a TIFF of several pages. Cost: two directories.
/// \throws what opening a TiffFile does
bool is_tiff_stack(const std::filesystem::path& path);

}  // namespace firstframe
