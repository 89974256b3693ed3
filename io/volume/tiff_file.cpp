#include "io/volume/tiff_file.h"

#include <cstdarg>
#include <cstdio>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"

namespace firstframe {
namespace {

// A non-zero answer keeps libtiff from printing the message as well.
int keep_first(TIFF*, void* kept, const char*, const char* format, va_list values) {
  auto& complaint = *static_cast<std::string*>(kept);
  if (!complaint.empty()) return 1;
  char message[256];
  std::vsnprintf(message, sizeof message, format, values);
  complaint = message;
  return 1;
}

int keep_none(TIFF*, void*, const char*, const char*, va_list) { return 1; }

}  // namespace

TiffFile::TiffFile(const std::filesystem::path& path) : path_(path) {
  if (read_bytes(path, 1).empty())
    throw FormatError(text(path.string(), ": the file is empty; a TIFF was expected"));
  size_in_bytes_ = std::filesystem::file_size(path);

  const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(),
                                                                             TIFFOpenOptionsFree);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_first, complaint_.get());
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), keep_none, nullptr);
  // m: not mapped; c: strips as the file has them, not as libtiff would cut them.
  tiff_.reset(TIFFOpenExt(path.c_str(), "rmc", options.get()));
  if (!tiff_) throw FormatError(text(path.string(), ": cannot be read as a TIFF", complaint()));
}

std::string TiffFile::complaint() {
  if (complaint_->empty()) return "";
  return text(" (", std::exchange(*complaint_, {}), ")");
}

}  // namespace firstframe
