#include "core/training/pair.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"
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

bool is_integer(const Section& section) { return section.type() != SampleType::float32; }

void check_shapes(const Section& degraded, const Section& clean) {
  if (degraded.empty() || clean.empty()) throw FormatError("training pair: a section without pixels was given");
  if (degraded.extent() != clean.extent())
    throw FormatError(text("training pair: degraded is ", name_of(degraded.extent()), ", clean is ",
                           name_of(clean.extent()), "; both must show the same section"));
  if (degraded.channels() != clean.channels())
    throw FormatError(text("training pair: degraded has ", degraded.channels(), " channels, clean has ",
                           clean.channels(), "; convert one of them"));
  if (is_integer(degraded) && is_integer(clean) && degraded.type() != clean.type())
    throw FormatError(text("training pair: degraded is ", name_of(degraded.type()), ", clean is ",
                           name_of(clean.type()), "; save both at one depth, or the clean one as float32 in 0..1"));
  if (std::min(degraded.extent().rows, degraded.extent().cols) < kSmallestSide)
    throw FormatError(text("training pair: ", name_of(degraded.extent()), " pixels are too few to learn from; use at least ",
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
