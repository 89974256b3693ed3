#include "pipelines/reproduce/strip.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "io/picture/picture.h"
#include "io/picture/section_mat.h"

namespace firstframe {
namespace {

constexpr int kCell = 256;      // pixels, side of what is shown of a picture
constexpr int kDetail = 64;     // pixels, side of the detail
constexpr int kGap = 6, kLabel = 24;

cv::Mat in_colour(const Section& section) {
  cv::Mat pixels = mat_of(section.view());
  if (pixels.channels() == 1) cv::cvtColor(pixels, pixels, cv::COLOR_GRAY2BGR);
  return pixels;
}

cv::Rect middle_of(cv::Size size) {
  const int cols = std::min(kCell, size.width), rows = std::min(kCell, size.height);
  return {(size.width - cols) / 2, (size.height - rows) / 2, cols, rows};
}

// The square of the shown part with the strongest edges, on a grid of half its side and away from the border.
cv::Rect busiest(const cv::Mat& shown) {
  cv::Mat grey;
  cv::cvtColor(shown, grey, cv::COLOR_BGR2GRAY);
  cv::Mat across, down;
  cv::Sobel(grey, across, CV_32F, 1, 0);
  cv::Sobel(grey, down, CV_32F, 0, 1);
  const int side = std::min({kDetail, grey.cols, grey.rows});
  cv::Rect best{0, 0, side, side};
  double most = -1;
  const int step = std::max(side / 2, 1);
  for (int row = step / 2; row + side <= grey.rows; row += step)
    for (int col = step / 2; col + side <= grey.cols; col += step) {
      const cv::Rect here{col, row, side, side};
      const double strength = cv::norm(across(here), cv::NORM_L1) + cv::norm(down(here), cv::NORM_L1);
      if (strength <= most) continue;
      most = strength;
      best = here;
    }
  return best;
}

}  // namespace

void draw_strip(const std::filesystem::path& png, const std::vector<StripPicture>& pictures) {
  const auto clean = in_colour(pictures.back().pixels);
  const auto part = middle_of(clean.size());
  const auto detail = busiest(clean(part));
  const int width = static_cast<int>(pictures.size()) * (kCell + kGap) + kGap;
  cv::Mat page(3 * kGap + 2 * kCell + kLabel, width, CV_8UC3, cv::Scalar::all(255));
  int left = kGap;
  for (const auto& picture : pictures) {
    cv::Mat shown = in_colour(picture.pixels)(part).clone();
    cv::Mat large;
    cv::resize(shown(detail), large, {kCell, kCell}, 0, 0, cv::INTER_NEAREST);
    cv::rectangle(shown, detail, {0, 255, 255});
    shown.copyTo(page(cv::Rect(left, kGap, shown.cols, shown.rows)));
    large.copyTo(page(cv::Rect(left, 2 * kGap + kCell, kCell, kCell)));
    cv::putText(page, picture.label, {left, 2 * kGap + 2 * kCell + kLabel - kGap}, cv::FONT_HERSHEY_SIMPLEX, 0.5,
                cv::Scalar::all(0), 1, cv::LINE_AA);
    left += kCell + kGap;
  }
  write_picture(png, section_of(page).view());
}

}  // namespace firstframe
