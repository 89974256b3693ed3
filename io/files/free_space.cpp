#include "io/files/free_space.h"

#include <system_error>

#include "core/base/text.h"
#include "io/files/disk_full.h"

namespace firstframe {

void require_space(const std::filesystem::path& draft, std::uintmax_t bytes,
                   const std::filesystem::path& target) {
  std::error_code error;
  const auto space = std::filesystem::space(draft, error);
  if (error || space.capacity == 0 || space.available >= bytes) return;
  throw DiskFullError(text(target.string(), ": the disk is full: ", space.available, " bytes are left, ", bytes,
                           " are needed to go on; free some or write elsewhere"));
}

}  // namespace firstframe
