#include "core/training/pair.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"
#include "core/restorers/model.h"
#include "core/training/pair_correlation.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSmallestSide = 16;  // pixels

std::vector<float> normalised(const Section& section) {
  std::vector<float> values(static_cast<std::size_t>(section.channels() * section.extent().area()));
  load_normalised(section.view(), {0, 0, section.extent().rows, section.extent().cols}, Border::reflect,
                  values.data());
  return values;
}

// Whether a side of `large` pixels is one of `small` pixels, `scale` times as long.
bool fits(std::int64_t small, std::int64_t large, std::int64_t scale) {
  return small == large / scale || small == (large + scale - 1) / scale;
}

bool is_integer(const Section& section) { return section.type() != SampleType::float32; }

void check_shapes(const Section& degraded, const Section& clean) {
  if (degraded.empty() || clean.empty()) throw FormatError("training pair: a section without pixels was given");
  scale_of(degraded.extent(), clean.extent());
  if (degraded.channels() != clean.channels())
    throw FormatError(text("training pair: degraded has ", degraded.channels(), " channels, clean has ",
                           clean.channels(), "; convert one of them"));
  if (is_integer(degraded) && is_integer(clean) && degraded.type() != clean.type())
    throw FormatError(text("training pair: degraded is ", name_of(degraded.type()), ", clean is ",
                           name_of(clean.type()), "; save both at one depth, or the clean one as float32 in 0..1"));
  if (std::min(clean.extent().rows, clean.extent().cols) < kSmallestSide)
    throw FormatError(text("training pair: ", name_of(clean.extent()), " pixels are too few to learn from; use at least ",
                           kSmallestSide, " x ", kSmallestSide));
}

void check_values(std::string_view which, const std::vector<float>& values, ValueRange range) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const auto in_range = [&](float value) { return value * range.span() + range.low; };
  if (*low == *high)
    throw FormatError(text("training pair: the ", which, " frame is constant (every pixel ", in_range(*low),
                           "); nothing can be learned from it"));
  if (*low < -1 || *high > 2)
    throw FormatError(text("training pair: the ", which, " frame holds values ", in_range(*low), "..", in_range(*high),
                           ", its value range is said to be ", range.low, "..", range.high,
                           "; state the range of its values"));
}

}  // namespace

std::int64_t scale_of(Extent degraded, Extent clean, std::int64_t asked) {
  const auto fits_both = [&](std::int64_t scale) {
    return fits(degraded.rows, clean.rows, scale) && fits(degraded.cols, clean.cols, scale);
  };
  if (asked > 0) {
    if (asked <= kLargestScale && fits_both(asked)) return asked;
    throw ArgumentError(text("scale: ", asked, " does not fit a degraded frame of ", name_of(degraded), " and a clean one of ",
                             name_of(clean), "; use 0, or pictures of which the clean one is that many times larger"));
  }
  for (std::int64_t scale = 1; scale <= kLargestScale; ++scale)
    if (fits_both(scale)) return scale;
  throw FormatError(text("training pair: degraded is ", name_of(degraded), ", clean is ", name_of(clean),
                         "; both must show the same section, the clean one at the same size or 2 to ", kLargestScale,
                         " times larger"));
}

void check_pair(const TrainingPair& pair) {
  check_shapes(pair.degraded, pair.clean);
  const auto degraded = normalised(pair.degraded);
  const auto clean = normalised(pair.clean);
  check_values("degraded", degraded, pair.degraded.range());
  check_values("clean", clean, pair.clean.range());
  if (degraded == clean)
    throw FormatError("training pair: degraded and clean are identical; there is nothing to restore");
  check_one_scene(pair_correlation(pair));
}

}  // namespace firstframe
