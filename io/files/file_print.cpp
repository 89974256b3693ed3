#include "io/files/file_print.h"

#include "core/base/error.h"
#include "core/base/fnv1a.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

std::string print_of(const fs::path& file) {
  try {
    const auto place = fs::canonical(file);
    const auto changed = fs::last_write_time(place).time_since_epoch().count();
    return text(place.string(), " of ", fs::file_size(place), " bytes, changed ", changed);
  } catch (const fs::filesystem_error& error) {
    throw MissingFileError(text(file.string(), ": cannot be looked at: ", error.code().message()));
  }
}

}  // namespace

std::string print_of_files(const std::vector<fs::path>& files) {
  if (files.size() == 1) return print_of(files.front());
  Fnv1a64 hash;
  for (const auto& file : files) {
    const auto print = print_of(file) + "\n";
    hash.add(print.data(), print.size());
  }
  return text(files.size(), " files", files.empty() ? "" : " in " + fs::canonical(files.front()).parent_path().string(), ", ",
              hash.name());
}

std::string content_print(const fs::path& file) {
  const auto bytes = read_bytes(file);
  Fnv1a64 hash;
  hash.add(bytes.data(), bytes.size());
  return hash.name();
}

}  // namespace firstframe
