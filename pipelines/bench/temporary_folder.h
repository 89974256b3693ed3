#pragma once

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

/// A folder of its own in the system's temporary one, deleted with all that is in it at the end of the scope.
class TemporaryFolder {
 public:
  /// \throws OutputError when it cannot be made
  explicit TemporaryFolder(const std::string& name) {
    auto pattern = (std::filesystem::temp_directory_path() / (name + "-XXXXXX")).string();
    if (!mkdtemp(pattern.data())) throw OutputError(text(pattern, ": the folder cannot be made (", std::strerror(errno), "); set TMPDIR to another"));
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace firstframe
