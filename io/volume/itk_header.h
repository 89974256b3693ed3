#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "io/volume/volume_info.h"

namespace itk {
class ImageIOBase;
}

namespace firstframe {

/// What ITK's reader of a format finds in the header: size, geometry, stored type and metadata. Access is left to the caller.
/// \throws MissingFileError when there is no such file
/// \throws FormatError when the header cannot be understood, or the volume is 4-D, of colour, of vectors or complex
VolumeInfo read_itk_header(itk::ImageIOBase& io, const std::filesystem::path& path, const std::string& format);

/// All samples of the file whose header was read, decoded: packed, native byte order, the type of io's components.
/// Memory: the whole volume. \throws FormatError
std::vector<std::byte> read_itk_samples(itk::ImageIOBase& io, const std::filesystem::path& path);

/// Runs a call into ITK and gives its complaint in one sentence. \throws FormatError
void with_itk_errors(const std::filesystem::path& path, const std::function<void()>& call);

}  // namespace firstframe
