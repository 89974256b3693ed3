#include "pipelines/reproduce/scans_page.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "io/picture/picture.h"
#include "io/picture/section_mat.h"

namespace firstframe {
namespace {

constexpr int kEnlarged = 3;
constexpr int kGap = 6, kLabel = 24;

void put(const cv::Mat& shown, cv::Mat& page, int left, int top) { shown.copyTo(page(cv::Rect(left, top, shown.cols, shown.rows))); }

}  // namespace

void draw_scans(const std::filesystem::path& path, const std::vector<StripPicture>& scans, const std::vector<ScanDetail>& details) {
  const auto extent = scans.front().pixels.extent();
  const cv::Size half(static_cast<int>(extent.cols / 2), static_cast<int>(extent.rows / 2));
  const cv::Size large(static_cast<int>(kEnlarged * kScanDetail.cols), static_cast<int>(kEnlarged * kScanDetail.rows));
  const int column = std::max(half.width, large.width) + kGap;
  const int height = kLabel + half.height + static_cast<int>(details.size()) * (large.height + kGap) + kGap;
  cv::Mat page(height, static_cast<int>(scans.size()) * column + kGap, CV_8UC1, cv::Scalar(255));
  int left = kGap;
  for (const auto& scan : scans) {
    cv::putText(page, scan.label, {left, kLabel - kGap}, cv::FONT_HERSHEY_SIMPLEX, 0.5, cv::Scalar(0), 1, cv::LINE_AA);
    cv::Mat small, enlarged;
    cv::resize(mat_of(scan.pixels.view()), small, half, 0, 0, cv::INTER_AREA);
    put(small, page, left, kLabel);
    int top = kLabel + half.height + kGap;
    for (const auto& at : details) {
      const auto detail = scan.pixels.view().crop({at.row, at.col, kScanDetail.rows, kScanDetail.cols});
      cv::resize(mat_of(detail), enlarged, large, 0, 0, cv::INTER_CUBIC);
      put(enlarged, page, left, top);
      top += large.height + kGap;
    }
    left += column;
  }
  write_picture(path, section_of(page).view());
}

}  // namespace firstframe
