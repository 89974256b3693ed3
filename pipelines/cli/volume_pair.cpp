#include "pipelines/cli/volume_pair.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/value_extremes.h"
#include "core/seismic/traces.h"
#include "io/picture/picture.h"
#include "pipelines/sections/neighbour_source.h"

namespace firstframe {
namespace {

// Lengths and directions that two programs wrote agree to some digits only.
bool is_near(double a, double b) { return std::abs(a - b) <= 1e-3 * std::max({std::abs(a), std::abs(b), 1e-6}); }

void check_place(const SectionSource& degraded, const SectionSource& clean) {
  const auto& a = degraded.info().geometry;
  const auto& b = clean.info().geometry;
  const auto along = static_cast<std::size_t>(degraded.axis());
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (axis != along && a.size[axis] == b.size[axis] && !is_near(a.spacing[axis], b.spacing[axis]))
      throw FormatError(text(clean.path().string(), ": its samples are ", b.spacing[axis], " apart along ",
                             name_of(static_cast<Axis>(axis)), ", those of ", degraded.path().string(), " ", a.spacing[axis],
                             "; resample the clean section onto the volume's grid, or write it with the volume's spacing"));
  for (std::size_t i = 0; i < 9; ++i)
    if (std::abs(a.direction[i] - b.direction[i]) > 1e-3)
      throw FormatError(text(clean.path().string(), ": it is oriented otherwise than ", degraded.path().string(),
                             "; resample the clean section onto the volume's grid"));
}

// The clean section; its samples are (stored value + offset) * scale.
struct CleanSection {
  Section section;
  double offset = 0;
  double scale = 1;
};

CleanSection clean_picture(const std::string& path, StoredType stored) {
  auto section = read_picture(path);
  const auto code = code_of(stored);
  if (section.type() != SampleType::float32 && code.offset != 0)
    throw FormatError(text(path, ": holds ", name_of(section.type()), ", the volume ", name_of(stored),
                           "; pictures have no negative values: write the clean section as .mha, .nrrd or float32 .tif"));
  // Black and white of a float32 picture are 0 and 1, of a volume in float32 there are none: both hold the same values.
  const bool is_scaled = section.type() == SampleType::float32 && code.type != SampleType::float32;
  return {std::move(section), code.offset, is_scaled ? 1 / full_range(code.type).high : 1};
}

CleanSection clean_section(const std::string& path, const SectionSource& degraded, std::int64_t slice) {
  if (!is_volume(path)) return clean_picture(path, degraded.info().stored);
  VolumeOptions options;
  options.axis = degraded.axis();
  const auto clean = open_volume(path, options);
  check_place(degraded, *clean);
  if (clean->count() != 1 && clean->count() != degraded.count())
    throw FormatError(text(path, ": has ", clean->count(), " sections along ", name_of(options.axis), ", ",
                           degraded.path().string(), " has ", degraded.count(), "; use one section, or as many"));
  return {clean->read(clean->count() == 1 ? 0 : slice), code_of(clean->info().stored).offset};
}

// In stored values.
ValueRange range_of(const Section& section, double offset, double scale) {
  const auto found = value_extremes(section);
  return {found.low / scale - offset, found.high / scale - offset};
}

}  // namespace

TrainingPair annotated_section(const std::string& degraded, const std::string& clean, std::int64_t slice, std::int64_t neighbours,
                               const VolumeFlags& flags, std::optional<ValueRange> range, bool to_vary) {
  const auto source = with_neighbours(open_volume(degraded, volume_options(flags)), to_vary ? 0 : 2 * neighbours);
  auto counterpart = clean_section(clean, *source, slice);
  const auto stored = source->info().stored;
  const auto [type, offset] = code_of(stored);
  TrainingPair pair{source->read(slice), std::move(counterpart.section), 2 * neighbours, offset};
  if (!range && bytes_per_sample(stored) == 1) range = ValueRange{full_range(type).low - offset, full_range(type).high - offset};
  if (!range) {
    const auto a = range_of(pair.degraded, offset, 1);
    const auto b = range_of(pair.clean, counterpart.offset, counterpart.scale);
    range = {std::min(a.low, b.low), std::max(a.high, b.high)};
    if (!(range->low < range->high))
      throw FormatError(text(degraded, ": section ", slice, " and its clean counterpart are constant; annotate another one"));
    if (to_vary) {
      const auto full = full_scale(traces_of(pair.degraded.view(), offset));
      range = {-full, full};
    }
  }
  pair.degraded.set_range({range->low + offset, range->high + offset});
  pair.clean.set_range({(range->low + counterpart.offset) * counterpart.scale, (range->high + counterpart.offset) * counterpart.scale});
  return pair;
}

}  // namespace firstframe
