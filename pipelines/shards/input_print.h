#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace firstframe {

/// What the files of an input are known again by, without reading all of them.
struct InputPrint {
  std::int64_t files = 0;
  std::int64_t bytes = 0;  // of all files
  std::string sample;      // hash of their names and sizes, and of 32 blocks of 64 KiB, spread evenly over the bytes
  std::string changed;     // hash of their times of change
  std::string content;     // hash of all bytes; empty unless asked for

  bool operator==(const InputPrint&) const = default;
};

/// \param whole  also hash all bytes
/// Cost: a look at every file and 2 MiB read; with `whole` all bytes.
/// \throws MissingFileError when a file is not there, or cannot be read
InputPrint print_of_input(const std::vector<std::filesystem::path>& files, bool whole);

/// Refuses files that are not the ones that were planned with. Other times of change alone are refused, too, unless the plan
/// has the hash of all bytes, which is then made again and compared.
/// \return what they are now \throws FormatError naming `input` and what has changed; MissingFileError
InputPrint require_unchanged(const std::string& input, const InputPrint& planned,
                             const std::vector<std::filesystem::path>& files);

}  // namespace firstframe
