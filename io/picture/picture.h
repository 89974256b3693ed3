#pragma once

#include <filesystem>
#include <optional>

#include "core/frame/section.h"

namespace firstframe {

/// Reads a picture: PNG (8, 16 bits), JPEG, TIFF (8, 16 bits, float32), BMP, PGM/PPM.
///
/// \param range  what black and white are; nothing takes the type's full range (float32: 0..1)
/// \return 1 channel for grey pictures, 3 in the order R, G, B for colour; the file's own depth, never less
/// \throws MissingFileError when there is no such file or it may not be read
/// \throws FormatError when it is empty, cut, no picture, or of a depth or channel count that is not accepted
///         (a picture with transparency is refused: what would become of its alpha?), or a TIFF of several
///         pages
///
/// The content decides the format, not the ending. Pixels come as stored: a camera's "turn me" mark is not
/// followed, because the degraded and the clean picture must lie on each other.
Section read_picture(const std::filesystem::path& path, std::optional<ValueRange> range = {});

/// Writes a picture in the section's own depth; the ending chooses the format (.png, .jpg, .tif, .bmp, .pgm,
/// .ppm). Written beside and renamed, so that the name never shows half a picture. Every format but JPEG
/// (quality 95) gives the same pixels back. The value range is not kept: give it again when reading.
///
/// \param section  1 channel, or 3 in the order R, G, B
/// \throws ArgumentError when the format cannot hold the depth (float32: .tif only; 16 bits: .png, .tif,
///         .pgm, .ppm)
/// \throws OutputError when the folder is missing or not writable, or the disk is full
void write_picture(const std::filesystem::path& path, const SectionView& section);

/// Whether a name ends as a picture that read_picture knows.
bool is_picture_name(const std::filesystem::path& path);

}  // namespace firstframe
