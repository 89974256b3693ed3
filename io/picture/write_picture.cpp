#include <opencv2/imgcodecs.hpp>
#include <span>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "io/picture/encode_picture.h"
#include "io/picture/picture.h"
#include "io/picture/picture_format.h"
#include "io/picture/quiet_opencv.h"
#include "io/picture/section_mat.h"

namespace firstframe {
namespace {

std::vector<int> options_for(const std::string& ending, SampleType type) {
  if (ending == ".jpg" || ending == ".jpeg") return {cv::IMWRITE_JPEG_QUALITY, 95};
  // OpenCV's default for 3 float channels is LogLuv, which is lossy. 1 is COMPRESSION_NONE, 5 LZW.
  if (ending == ".tif" || ending == ".tiff")
    return {cv::IMWRITE_TIFF_COMPRESSION, type == SampleType::float32 ? 1 : 5};
  return {};
}

}  // namespace

std::vector<unsigned char> encode_picture(const std::filesystem::path& path, const SectionView& section) {
  quiet_opencv();
  if (const auto why = why_not_picture(path, section.layout); !why.empty()) throw ArgumentError(why);
  const auto ending = small_ending(path);
  std::vector<unsigned char> file;
  try {
    if (!cv::imencode(ending, mat_over(section), file, options_for(ending, section.layout.type))) file.clear();
  } catch (const cv::Exception& error) {
    throw ArgumentError(text(path.string(), ": OpenCV cannot encode it: ", error.err));
  }
  if (file.empty())
    throw ArgumentError(text(path.string(), ": OpenCV cannot encode a ", name_of(section.layout.extent),
                             " section as ", ending));
  return file;
}

void write_picture(const std::filesystem::path& path, const SectionView& section) {
  const auto file = encode_picture(path, section);
  FileDraft draft(path);
  write_bytes(draft.path(), std::as_bytes(std::span(file)), path);
  draft.publish();
}

}  // namespace firstframe
