#pragma once

#include <tiffio.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace firstframe {

/// A TIFF or BigTIFF, open for reading through libtiff, whose complaints are kept instead of printed.
///
/// Nothing is mapped into memory: a page costs its own bytes, however long the file is.
class TiffFile {
 public:
  /// \throws MissingFileError when there is no such file or it may not be read
  /// \throws FormatError when it is no TIFF
  explicit TiffFile(const std::filesystem::path& path);

  TIFF* get() const { return tiff_.get(); }
  /// For reads beside libtiff's own (pread leaves its position alone).
  int descriptor() const { return TIFFFileno(tiff_.get()); }
  std::uint64_t size_in_bytes() const { return size_in_bytes_; }
  const std::filesystem::path& path() const { return path_; }

  /// The first error since the last call, in libtiff's words and in brackets; "" when it had none.
  std::string complaint();

 private:
  struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
  };

  std::filesystem::path path_;
  std::uint64_t size_in_bytes_ = 0;
  std::unique_ptr<std::string> complaint_ = std::make_unique<std::string>();  // libtiff keeps its address
  std::unique_ptr<TIFF, Close> tiff_;
};

}  // namespace firstframe
