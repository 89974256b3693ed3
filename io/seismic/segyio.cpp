#include "io/seismic/segyio.h"

#include "core/base/error.h"
#include "core/base/text.h"

#if FIRSTFRAME_WITH_SEGY
#include <segyio/segy.h>

namespace firstframe {

void require_segyio(const std::filesystem::path&) {}

void native_to_ibm(std::byte* words, std::int64_t count) { segy_from_native(SEGY_IBM_FLOAT_4_BYTE, count, words); }

std::string ebcdic_text(const std::filesystem::path& file) {
  std::string characters(static_cast<std::size_t>(segy_textheader_size()), '\0');
  auto* opened = segy_open(file.c_str(), "rb");
  const auto error = opened ? segy_read_textheader(opened, characters.data()) : SEGY_FOPEN_ERROR;
  if (opened) segy_close(opened);
  if (error != SEGY_OK) throw MissingFileError(text(file.string(), ": its text header cannot be read, segyio says error ", error));
  return characters.substr(0, SEGY_TEXT_HEADER_SIZE);
}

}  // namespace firstframe

#else

namespace firstframe {

void require_segyio(const std::filesystem::path& file) {
  throw DeviceError(text(file.string(), ": SEG-Y and SU are read through segyio, which Firstframe was built without; install "
                         "libsegyio-dev and build it again"));
}

// Nobody comes here: no file opens.
void native_to_ibm(std::byte*, std::int64_t) {}
std::string ebcdic_text(const std::filesystem::path&) { return {}; }

}  // namespace firstframe

#endif
