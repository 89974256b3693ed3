#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace firstframe {

/// What the header of a MetaImage says about where its samples are; the rest is ITK's to read.
struct MetaHeader {
  std::string data;         // its own file's name when the samples lie there, "LOCAL" when they follow the header
  std::int64_t length = 0;  // bytes of the header: the line that names the data is its last

  bool is_local() const { return data == "LOCAL" || data == "Local" || data == "local"; }
};

/// \throws FormatError when no line names the data \throws MissingFileError
/// Source: https://itk.org/Wiki/ITK/MetaIO/Documentation
MetaHeader read_meta_header(const std::filesystem::path& path);

}  // namespace firstframe
