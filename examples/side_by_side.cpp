// How do I look at degraded, restored and clean together?
//   side_by_side OUT.png FRAME [--detail ROW,COLUMN,SIDE] LABEL=FILE LABEL=FILE ...
// FILE is a picture, folder or video; FRAME counts from 0. Writes the frames in one row, and below each the same detail
// enlarged to the width of the frame (without --detail a square in the middle, a quarter of the shorter side).

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/degrade.h"
#include "io/picture/picture.h"
#include "io/stream/frame_source.h"

namespace {

using namespace firstframe;

constexpr int kLabelHeight = 28;  // pixels
constexpr int kGap = 6;

struct Detail {
  int row = 0, col = 0, side = 0;
};

Section frame_of(const std::string& path, std::int64_t index) {
  const auto source = open_frames(path);
  for (std::int64_t i = 0;; ++i) {
    auto frame = source->next();
    if (!frame) throw FormatError(text(path, ": ends before frame ", index));
    if (i == index || source->kind() == FrameSource::Kind::picture) return converted(frame->section.view(), SampleType::uint8);
  }
}

// An 8-bit RGB picture as OpenCV sees it; grey ones get three equal channels.
cv::Mat as_rgb(const Section& section) {
  cv::Mat rgb(static_cast<int>(section.extent().rows), static_cast<int>(section.extent().cols), CV_8UC3);
  SectionSpan target{reinterpret_cast<std::byte*>(rgb.data), interleaved_layout(SampleType::uint8, 3, section.extent())};
  auto source = section.view();
  if (section.channels() == 1) source.layout.channel_stride = 0;
  source.layout.channels = 3;
  copy_pixels(source, target);
  return rgb;
}

cv::Mat panel(const std::string& label, const Section& frame, const Detail& detail) {
  const cv::Mat whole = as_rgb(frame);
  cv::Mat enlarged;
  const cv::Rect square(detail.col, detail.row, detail.side, detail.side);
  const double scale = static_cast<double>(whole.cols) / detail.side;
  cv::resize(whole(square), enlarged, {whole.cols, whole.cols}, scale, scale, cv::INTER_NEAREST);
  cv::Mat result(kLabelHeight + whole.rows + kGap + enlarged.rows, whole.cols, CV_8UC3, cv::Scalar::all(255));
  cv::putText(result, label, {4, kLabelHeight - 8}, cv::FONT_HERSHEY_SIMPLEX, 0.7, cv::Scalar::all(0), 1, cv::LINE_AA);
  cv::Mat shown = whole.clone();
  cv::rectangle(shown, square, {255, 255, 0}, 1);
  shown.copyTo(result({0, kLabelHeight, whole.cols, whole.rows}));
  enlarged.copyTo(result({0, kLabelHeight + whole.rows + kGap, enlarged.cols, enlarged.rows}));
  return result;
}

void run(const std::string& out, std::int64_t index, Detail detail, const std::vector<std::string>& named) {
  std::vector<cv::Mat> panels;
  for (const auto& pair : named) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) throw ArgumentError(text("'", pair, "' is not LABEL=FILE"));
    const auto frame = frame_of(pair.substr(equals + 1), index);
    const auto [rows, cols] = frame.extent();
    if (detail.side == 0) {
      detail.side = static_cast<int>(std::max<std::int64_t>(8, std::min(rows, cols) / 4));
      detail.row = static_cast<int>(rows - detail.side) / 2;
      detail.col = static_cast<int>(cols - detail.side) / 2;
    }
    if (detail.row + detail.side > rows || detail.col + detail.side > cols)
      throw ArgumentError(text("the detail leaves the ", name_of(frame.extent()), " frame of ", pair));
    if (!panels.empty()) panels.push_back(cv::Mat(panels.front().rows, kGap, CV_8UC3, cv::Scalar::all(255)));
    panels.push_back(panel(pair.substr(0, equals), frame, detail));
    if (panels.back().rows != panels.front().rows) throw FormatError(text(pair, ": differs in size from the first"));
  }
  cv::Mat row;
  cv::hconcat(panels, row);
  write_picture(out, {reinterpret_cast<const std::byte*>(row.data),
                      interleaved_layout(SampleType::uint8, 3, {row.rows, row.cols}, static_cast<std::int64_t>(row.step))});
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  Detail detail;
  const auto flag = std::find(arguments.begin(), arguments.end(), "--detail");
  if (flag != arguments.end() && flag + 1 != arguments.end()) {
    if (std::sscanf((flag + 1)->c_str(), "%d,%d,%d", &detail.row, &detail.col, &detail.side) != 3) detail.side = 0;
    arguments.erase(flag, flag + 2);
  }
  if (arguments.size() < 3) {
    std::cerr << "usage: side_by_side OUT.png FRAME [--detail ROW,COLUMN,SIDE] LABEL=FILE ...\n";
    return 64;
  }
  try {
    run(arguments[0], std::stoll(arguments[1]), detail, {arguments.begin() + 2, arguments.end()});
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "side_by_side: " << error.what() << "\n";
    return 1;
  }
}
