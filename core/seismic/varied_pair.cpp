#include "core/seismic/varied_pair.h"

#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"
#include "core/registration/neighbour_mean.h"
#include "core/seismic/vary_section.h"

namespace firstframe {
namespace {

void check(const TrainingPair& annotated, std::int64_t count) {
  const auto& degraded = annotated.degraded;
  if (count < 1) throw ArgumentError(text("variations: ", count, " is not accepted; use at least 1"));
  if (degraded.channels() != 1 || annotated.clean.channels() != 1)
    throw ArgumentError("variations: seismic sections have 1 channel, this pair is in colour; leave out --variations");
  if (degraded.extent() != annotated.clean.extent())
    throw ArgumentError(text("variations: the degraded section is ", name_of(degraded.extent()), ", the clean one ",
                             name_of(annotated.clean.extent()), "; super-resolution is trained without --variations"));
  if (degraded.type() != SampleType::float32 && annotated.offset == 0)
    throw ArgumentError(text("variations: ", name_of(degraded.type()), " has no negative values, and amplitudes swing about 0; "
                             "leave out --variations, or write the pair as signed integers or float32"));
}

// In the stored values of the degraded section, whose black and white are those of `clean`.
Traces clean_traces(const TrainingPair& annotated, ValueRange stored) {
  const auto range = annotated.clean.range();
  auto traces = traces_of(annotated.clean.view());
  if (range == stored) return traces;
  for (auto& value : traces.values) value = stored.low + (value - range.low) / range.span() * stored.span();
  return traces;
}

// Stored values as samples of the type, range and offset of the annotated section.
Section samples_of(Traces traces, const TrainingPair& annotated) {
  for (auto& value : traces.values) value += annotated.offset;
  auto section = section_of(traces);
  section.set_range(annotated.degraded.range());
  if (annotated.degraded.type() == SampleType::float32) return section;
  const auto extent = section.extent();
  std::vector<float> normalised(traces.values.size());
  load_normalised(section.view(), {0, 0, extent.rows, extent.cols}, Border::replicate, normalised.data());
  Section rounded(annotated.degraded.type(), 1, extent);
  rounded.set_range(section.range());
  store_normalised(normalised.data(), extent.area(), extent.cols, rounded.span());
  return rounded;
}

Section seen(const VariedSection& varied, const TrainingPair& annotated) {
  std::vector<Section> sections;
  for (const auto& degraded : varied.degraded) sections.push_back(samples_of(degraded, annotated));
  const auto middle = static_cast<std::int64_t>(sections.size() / 2);
  if (middle == 0) return std::move(sections.front());
  std::vector<SectionView> beside;
  for (const auto i : sections_beside(middle, static_cast<std::int64_t>(sections.size()), middle))
    beside.push_back(sections[static_cast<std::size_t>(i)].view());
  return section_with_neighbours(sections[static_cast<std::size_t>(middle)].view(), beside);
}

void place(Section& wide, const Section& section, std::int64_t index) {
  const auto extent = section.extent();
  copy_pixels(section.view(), wide.span().crop({0, index * extent.cols, extent.rows, extent.cols}));
}

}  // namespace

TrainingPair varied_pair(const TrainingPair& annotated, std::int64_t count) {
  check(annotated, count);
  const auto given = annotated.degraded.range();
  const ValueRange stored{given.low - annotated.offset, given.high - annotated.offset};
  const auto degraded = traces_of(annotated.degraded.view(), annotated.offset);
  const auto clean = clean_traces(annotated, stored);
  VarySettings vary;
  vary.beside = annotated.neighbours / 2;
  const Extent wide{clean.extent.rows, count * clean.extent.cols};
  TrainingPair pair{Section(annotated.degraded.type(), 1, wide), Section(SampleType::float32, 1, wide), annotated.neighbours, annotated.offset,
                    /*is_seismic=*/true};
  pair.degraded.set_range(given);
  pair.clean.set_range(stored);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto one = vary_section(degraded, clean, vary, static_cast<std::uint64_t>(i + 1));
    place(pair.degraded, seen(one, annotated), i);
    auto section = section_of(one.clean);
    section.set_range(stored);
    place(pair.clean, section, i);
  }
  return pair;
}

}  // namespace firstframe
