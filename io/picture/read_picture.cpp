#include <opencv2/imgcodecs.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/picture/picture.h"
#include "io/picture/picture_kind.h"
#include "io/picture/picture_whole.h"
#include "io/picture/quiet_opencv.h"
#include "io/picture/section_mat.h"

namespace firstframe {
namespace {

constexpr auto kAccepted = "PNG, JPEG, TIFF, BMP, PGM and PPM are accepted";

// From the first bytes, so that a film given by mistake is not read into memory.
PictureKind kind_of(const std::filesystem::path& path) {
  const auto head = read_bytes(path, kPictureHead);
  if (head.empty()) throw FormatError(text(path.string(), ": the file is empty; a picture was expected"));
  const auto kind = picture_kind(head);
  if (!kind) throw FormatError(text(path.string(), ": is no picture; ", kAccepted));
  return *kind;
}

void refuse_cut(const std::filesystem::path& path, PictureKind kind, const std::vector<std::byte>& file) {
  const auto where = where_picture_breaks_off(kind, file);
  if (!where.empty())
    throw FormatError(
        text(path.string(), ": the ", name_of(kind), " picture is cut: ", where, "; copy it again"));
  if (kind != PictureKind::tiff) return;
  const auto pages = survey_tiff(file).pages;
  if (pages > 1)
    throw FormatError(text(path.string(), ": holds ", pages,
                           " pages, a picture has one; as a volume it is taken by train (with --slice), restore, "
                           "measure and inspect"));
}

cv::Mat decoded(const std::filesystem::path& path, PictureKind kind, const std::vector<std::byte>& file) {
  cv::Mat pixels;
  try {
    const cv::Mat bytes(1, static_cast<int>(file.size()), CV_8U, const_cast<std::byte*>(file.data()));
    // "Unchanged" keeps depth and channels, and does not turn the picture as its camera was held: the
    // degraded and the clean picture must lie on each other as stored.
    pixels = cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
  } catch (const cv::Exception& error) {
    const bool is_too_large = error.err.find("CV_IO_MAX_IMAGE") != std::string::npos;
    throw FormatError(text(
        path.string(),
        is_too_large ? ": is larger than OpenCV opens (2^30 pixels, 2^20 along a side); cut it into parts"
                     : ": OpenCV refuses it: " + error.err));
  }
  if (pixels.empty())
    throw FormatError(
        text(path.string(), ": the ", name_of(kind), " picture is damaged and cannot be decoded"));
  return pixels;
}

void refuse_unfit(const std::filesystem::path& path, const cv::Mat& pixels) {
  if (pixels.channels() == 4)
    throw FormatError(text(path.string(),
                           ": has transparency (4 channels), 1 or 3 channels are accepted; remove it "
                           "first (in ImageMagick: convert in.png -alpha off out.png)"));
  if (pixels.channels() != 1 && pixels.channels() != 3)
    throw FormatError(text(path.string(), ": has ", pixels.channels(), " channels; 1 or 3 are accepted"));
  const int depth = pixels.depth();
  if (depth != CV_8U && depth != CV_16U && depth != CV_32F)
    throw FormatError(text(path.string(), ": has ", cv::typeToString(depth),
                           " samples; 8 and 16 bits without sign and 32-bit float are accepted"));
}

}  // namespace

Section read_picture(const std::filesystem::path& path, std::optional<ValueRange> range) {
  quiet_opencv();
  const auto kind = kind_of(path);
  auto file = read_bytes(path);
  if (file.size() > INT32_MAX)
    throw FormatError(
        text(path.string(), ": has ", file.size(), " bytes; at most ", INT32_MAX, " are accepted"));
  refuse_cut(path, kind, file);
  const auto pixels = decoded(path, kind, file);
  file = {};  // before the pixels are copied: pictures may be large
  refuse_unfit(path, pixels);
  auto section = section_of(pixels);
  if (range) section.set_range(*range);
  return section;
}

}  // namespace firstframe
