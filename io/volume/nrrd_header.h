#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace firstframe {

/// What a NRRD header says about where its samples are; the rest is ITK's to read.
struct NrrdData {
  std::string encoding;             // "raw", "gzip", "bzip2", "ascii", "hex"
  bool big_endian = false;
  std::string file;                 // its own file's name when the samples lie there; empty when they follow the header
  bool in_many_files = false;       // a list or a pattern with numbers
  std::int64_t line_skip = 0;
  std::int64_t byte_skip = 0;       // -1: the samples end with the file
  std::int64_t header_length = 0;   // bytes up to the samples that follow
};

/// \throws FormatError when the file does not begin like a NRRD, or its header does not end
/// Source: http://teem.sourceforge.net/nrrd/format.html
NrrdData read_nrrd_header(const std::filesystem::path& path);

}  // namespace firstframe
