#include "core/training/still_average.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/torch_threads.h"
#include "core/registration/block_change.h"
#include "core/registration/frame_shift.h"
#include "core/training/patch_sampler.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSmallestSide = 24;  // pixels
constexpr double kFarthest = 0.5;           // pixels
constexpr double kLeastCertain = 1;         // pixels
constexpr double kStandsStill = 0.05;       // pixels; less is not worth the blur of an interpolation
constexpr double kMostGrowth = 1.5;
constexpr double kNegligible = 0.005 * 0.005;  // of the value range, squared: what interpolation may leave
constexpr double kSmallestChange = 0.02;       // of the value range
constexpr double kMostOfNoise = 8;

const char* const kAdvice =
    "; fix the camera and let nothing move, take a smaller clean-average, or give a clean picture";

double rounded(double value) { return std::round(100 * value) / 100; }

torch::Tensor tensor(Section& section) {
  return torch::from_blob(section.samples<float>(), {section.extent().rows, section.extent().cols});
}

Section section_of(const torch::Tensor& plane) {
  Section section(SampleType::float32, 1, {plane.size(0), plane.size(1)});
  tensor(section).copy_(plane);
  return section;
}

void check_shift(const FrameShift& shift, std::int64_t frame) {
  if (shift.length() - shift.error() <= kFarthest) return;
  throw FormatError(text("clean-average: the scene does not stand still: frame ", frame, " has moved by ",
                         rounded(shift.length()), " pixels (", rounded(shift.down), " down, ",
                         rounded(shift.across), " across) since the first; at most ", kFarthest,
                         " is accepted", kAdvice));
}

void check_certainty(const FrameShift& shift, std::int64_t frame) {
  if (shift.error() <= kLeastCertain) return;
  throw FormatError(text("clean-average: whether the scene stands still cannot be told: the motion of frame ",
                         frame, " against the first, ", rounded(shift.length()), " pixels, is certain to ",
                         rounded(shift.error()), " pixels, at least ", kLeastCertain,
                         " is needed: it shows another scene, too much noise or too few contours", kAdvice));
}

void check_growth(double to_first, double between_neighbours, std::int64_t frame) {
  if (to_first <= std::max(kNegligible, kMostGrowth * between_neighbours)) return;
  throw FormatError(text("clean-average: the scene does not stand still: frame ", frame,
                         " differs from the first ", rounded(to_first / std::max(between_neighbours, 1e-12)),
                         " times as much (mean square) as frames do from those before them; noise explains ",
                         kMostGrowth, " at most", kAdvice));
}

void check_blocks(const torch::Tensor& first, const torch::Tensor& frame, std::int64_t number) {
  const auto brightness = block_means(first);
  auto change = block_means(frame) - brightness;
  change = (change - change.median()).abs();  // a lamp that flickers is no motion
  const auto excess = change / (kMostOfNoise * usual_change(change, brightness)).clamp_min(kSmallestChange);
  const auto most = excess.argmax().item<std::int64_t>();
  if (excess.flatten()[most].item<double>() <= 1) return;
  const auto across = change.size(1);
  throw FormatError(text("clean-average: the scene does not stand still: something moved around row ",
                         most / across * kBlock + kBlock / 2, ", column ",
                         most % across * kBlock + kBlock / 2, ", which changed by ",
                         rounded(100 * change.flatten()[most].item<double>()),
                         " % of the value range between frame 1 and ", number, ", ",
                         rounded(excess.flatten()[most].item<double>()), " times what is accepted", kAdvice));
}

void check_extent(const Section& first, const SectionView& frame) {
  const auto extent = frame.layout.extent;
  if (std::min(extent.rows, extent.cols) < kSmallestSide)
    throw FormatError(text("clean-average: frames are ", name_of(extent),
                           ", the motion is measured on at least ", kSmallestSide, " x ", kSmallestSide,
                           "; give a clean picture"));
  if (!first.empty() && (extent != first.extent() || frame.layout.type != first.type()))
    throw FormatError(text("clean-average: a frame is ", name_of(extent), ", ", name_of(frame.layout.type),
                           ", the first was ", name_of(first.extent()), ", ", name_of(first.type())));
}

}  // namespace

void StillAverage::add(const SectionView& frame) {
  torch::NoGradGuard no_grad;
  const TorchThreads torch_threads(1);
  check_extent(first_, frame);
  const auto extent = frame.layout.extent;
  const auto plane =
      normalised_tensor(Section(frame), {0, 0, extent.rows, extent.cols}, Border::reflect)[0].contiguous();
  if (count_ == 0) {
    first_ = Section(frame);
    first_plane_ = section_of(plane);
    sum_ = section_of(torch::zeros_like(plane));
  } else {
    const auto first = tensor(first_plane_);
    const auto shift = frame_shift(first, plane);
    check_shift(shift, count_ + 1);
    const bool has_moved = shift.length() > std::max(kStandsStill, shift.error());
    const auto registered = has_moved ? moved_back(plane, shift) : plane;
    between_neighbours_ += (plane - tensor(before_)).square().mean().item<double>();
    check_growth((registered - first).square().mean().item<double>(),
                 between_neighbours_ / static_cast<double>(count_), count_ + 1);
    check_blocks(first, registered, count_ + 1);
    check_certainty(shift, count_ + 1);
    tensor(sum_).add_(registered);
    if (has_moved) largest_shift_ = std::max(largest_shift_, shift.length());
  }
  before_ = section_of(plane);
  ++count_;
}

TrainingPair StillAverage::pair() const {
  auto mean = sum_;
  tensor(mean).div_(static_cast<double>(count_ - 1));
  return {first_, mean};
}

}  // namespace firstframe
