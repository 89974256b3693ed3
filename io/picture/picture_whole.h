#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "io/picture/picture_kind.h"

namespace firstframe {

/// Where a picture breaks off, as the end of a sentence ("it ends inside its IDAT chunk"); "" when it is
/// whole as far as its own structure tells. OpenCV gives back half a picture for some cut files without a
/// word, so we look first. Cost: one walk along the file's markers; nothing is decoded. Damage in the middle
/// is left to the decoder.
std::string where_picture_breaks_off(PictureKind kind, std::span<const std::byte> file);

/// The same for PGM and PPM: pixels against the size in the header.
std::string where_pnm_breaks_off(std::span<const std::byte> file);

/// What a walk along a TIFF's directories finds.
struct TiffSurvey {
  std::string breaks_off;  // as above
  std::int64_t pages = 0;  // full-size pictures; thumbnails are not counted
};
TiffSurvey survey_tiff(std::span<const std::byte> file);

}  // namespace firstframe
