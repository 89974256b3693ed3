#include "pipelines/cli/kernel_flag.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"
#include "io/picture/picture.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLargestSide = 255;  // pixels

bool is_description(const std::string& given) {
  return given.starts_with("gaussian:") || given.starts_with("box:");
}

}  // namespace

Kernel kernel_from(const std::string& given) {
  if (is_description(given)) return kernel_named(given);
  const auto picture = read_picture(given);
  const auto [rows, cols] = picture.extent();
  if (picture.channels() != 1 || rows != cols || rows % 2 == 0 || rows > kLargestSide)
    throw FormatError(text(given, ": a kernel is a grey, square picture with an odd side of at most ",
                           kLargestSide, " pixels, this one is ", name_of(picture.extent()), " with ",
                           picture.channels(), " channel", picture.channels() == 1 ? "" : "s"));
  Kernel kernel{rows, std::vector<float>(static_cast<std::size_t>(rows * cols))};
  load_normalised(picture.view(), {0, 0, rows, cols}, Border::replicate, kernel.taps.data());
  const double sum = std::accumulate(kernel.taps.begin(), kernel.taps.end(), 0.0);
  if (!(sum > 1e-6))
    throw FormatError(
        text(given, ": the kernel's values sum to ", sum, "; they must be brighter than nothing"));
  for (auto& tap : kernel.taps) tap = static_cast<float>(tap / sum);
  // A kernel weighs the pixels around a place; the picture shows where a pixel's light goes, the other way round.
  std::reverse(kernel.taps.begin(), kernel.taps.end());
  return kernel;
}

}  // namespace firstframe
