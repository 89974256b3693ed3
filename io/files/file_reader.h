#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace firstframe {

/// An open file, read at any place. Nothing is mapped: a file that is cut while it is read is an error, not a crash.
class FileReader {
 public:
  /// \throws MissingFileError when there is no such file or it may not be read
  /// \throws FormatError when it is a folder or no regular file
  explicit FileReader(std::filesystem::path path);
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::int64_t size() const { return size_; }  // bytes, when it was opened

  /// Fills `to` with the bytes from `offset` on.
  /// \throws FormatError when the file ends before; MissingFileError when the disk fails
  void read(std::int64_t offset, std::span<std::byte> to) const;

 private:
  std::filesystem::path path_;
  std::int64_t size_ = 0;
  int file_ = -1;
};

}  // namespace firstframe
