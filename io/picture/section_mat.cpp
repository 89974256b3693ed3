#include "io/picture/section_mat.h"

#include <opencv2/core.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

int cv_depth(SampleType type) {
  switch (type) {
    case SampleType::uint8:
      return CV_8U;
    case SampleType::uint16:
      return CV_16U;
    case SampleType::float32:
      return CV_32F;
  }
  throw ArgumentError("picture: unknown sample type");
}

SampleType sample_type(int depth) {
  switch (depth) {
    case CV_8U:
      return SampleType::uint8;
    case CV_16U:
      return SampleType::uint16;
    case CV_32F:
      return SampleType::float32;
    default:
      throw FormatError(text("picture: OpenCV depth ", depth, " is no section's"));
  }
}

// Headers onto the section's planes, last channel first, because OpenCV counts B, G, R.
std::vector<cv::Mat> planes_of(const SectionView& section) {
  std::vector<cv::Mat> planes;
  const auto& layout = section.layout;
  for (auto channel = layout.channels - 1; channel >= 0; --channel)
    planes.emplace_back(static_cast<int>(layout.extent.rows), static_cast<int>(layout.extent.cols),
                        cv_depth(layout.type), const_cast<std::byte*>(section.at(channel, 0)),
                        static_cast<std::size_t>(layout.row_stride));
  return planes;
}

// A cv::Mat wants the samples of a row side by side and rows that go forward.
bool has_rows_of_mat(const Layout& layout) {
  const auto sample = bytes_per_sample(layout.type);
  return layout.col_stride == sample && layout.row_stride >= sample * layout.extent.cols;
}

}  // namespace

Section section_of(const cv::Mat& pixels) {
  Section section(sample_type(pixels.depth()), pixels.channels(), {pixels.rows, pixels.cols});
  auto planes = planes_of(section.view());
  cv::split(pixels, planes.data());
  return section;
}

cv::Mat mat_of(const SectionView& section) {
  if (!has_rows_of_mat(section.layout)) return mat_of(Section(section).view());
  cv::Mat pixels;
  cv::merge(planes_of(section), pixels);
  return pixels;
}

cv::Mat mat_over(const SectionView& section) {
  const bool is_one = section.layout.channels == 1 && has_rows_of_mat(section.layout);
  return is_one ? planes_of(section).front() : mat_of(section);
}

}  // namespace firstframe
