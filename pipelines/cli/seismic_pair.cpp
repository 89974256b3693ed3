#include "pipelines/cli/seismic_pair.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/automatic_gain.h"
#include "core/frame/value_extremes.h"
#include "io/seismic/amplitudes.h"
#include "io/seismic/segy_source.h"
#include "pipelines/cli/volume_pair.h"
#include "pipelines/sections/gained_restore.h"
#include "pipelines/sections/neighbour_source.h"

namespace firstframe {
namespace {

constexpr double kInside = 3;  // check_pair wants all values inside three times the range
constexpr double kInsideVaried = 2;  // a variation may have amplitudes half as large again, under other noise

std::int64_t chosen(const SeismicSource& source, std::optional<std::int64_t> slice) {
  if (slice) return *slice;
  if (source.count() == 1) return 0;
  throw ArgumentError(text("slice: ", source.path().string(), " has ", source.count(), " sections, ", source.segy().grid.section_name(0),
                           " to ", source.segy().grid.section_name(source.count() - 1),
                           "; say with --slice N which is annotated, counted from 0"));
}

// Line numbers tell whether two files show the same traces, where both have them.
void check_line(const SeismicSource& degraded, std::int64_t slice, const SeismicSource& clean, std::int64_t in_clean) {
  const auto& a = degraded.segy();
  const auto& b = clean.segy();
  const auto name = clean.path().string();
  if (a.layout.interval_us != b.layout.interval_us && a.layout.interval_us != 0 && b.layout.interval_us != 0)
    throw FormatError(text(name, ": its samples are ", b.layout.interval_us, " us apart, those of ", degraded.path().string(), " ",
                           a.layout.interval_us, " us; resample one of them"));
  if (clean.extent() != degraded.extent())
    throw FormatError(text(name, ": its section has ", b.layout.samples, " samples of ", b.grid.columns, " traces, that of ",
                           degraded.path().string(), " ", a.layout.samples, " of ", a.grid.columns, "; both must show the same traces"));
  if (a.grid.kind != b.grid.kind || a.grid.lines.empty()) return;
  const auto here = a.grid.section_name(slice), there = b.grid.section_name(in_clean);
  if (here != there)
    throw FormatError(text(name, ": holds ", there, ", section ", slice, " of ", degraded.path().string(), " is ", here,
                           "; give the section that was annotated, or choose it with --slice"));
  const auto differs = std::mismatch(a.grid.across.begin(), a.grid.across.end(), b.grid.across.begin(), b.grid.across.end());
  if (differs.first != a.grid.across.end())
    throw FormatError(text(name, ": its trace ", differs.first - a.grid.across.begin(), " of the section has line number ", *differs.second,
                           ", that of ", degraded.path().string(), " ", *differs.first, "; both must show the same traces"));
}

std::vector<bool> usable(const SeismicSection& section) {
  std::vector<bool> columns;
  for (const auto state : section.states) columns.push_back(state == TraceState::live);
  for (const auto& bad : section.bad) columns[static_cast<std::size_t>(bad.column)] = false;
  return columns;
}

Section only(const Section& section, const std::vector<bool>& columns) {
  const auto bytes = bytes_per_sample(section.type());
  Section left(section.type(), 1, {section.extent().rows, std::count(columns.begin(), columns.end(), true)});
  std::int64_t to = 0;
  for (std::size_t from = 0; from < columns.size(); ++from) {
    if (!columns[from]) continue;
    for (std::int64_t row = 0; row < section.extent().rows; ++row)
      std::copy_n(section.view().at(0, row) + static_cast<std::int64_t>(from) * bytes, bytes, left.span().at(0, row) + to * bytes);
    ++to;
  }
  left.set_range(section.range());
  return left;
}

// The clean section of a file of traces, stored as `offset` says; says which columns serve.
Section clean_line(const std::string& path, const SeismicSource& degraded, std::int64_t slice, const VolumeOptions& options,
                   std::vector<bool>& columns, double& offset) {
  const auto clean = open_segy(path, options);
  if (clean->count() != 1 && clean->count() != degraded.count())
    throw FormatError(text(path, ": has ", clean->count(), " sections, ", degraded.path().string(), " has ", degraded.count(),
                           "; use one section, or as many"));
  const auto index = clean->count() == 1 ? 0 : slice;
  check_line(degraded, slice, *clean, index);
  auto traces = clean->read_traces(index);
  const auto serves = usable(traces);
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = columns[i] && serves[i];
  offset = code_of(clean->info().stored).offset;
  for (const auto& remark : clean->remarks()) std::cerr << "firstframe: warning: " << path << ": " << remark << "\n";
  return std::move(traces.section);
}

// The largest stored value, sign aside.
double peak_of(const Section& section, double offset) {
  const auto found = value_extremes(section);
  return std::max(std::abs(found.low - offset), std::abs(found.high - offset));
}

ValueRange symmetric_range(const SeismicSource& source, double peak, double inside) {
  const auto usual = amplitudes_of(source.segy()).usual;
  const auto half = std::max(usual, peak / inside);
  if (!(half > 0)) throw FormatError(text(source.path().string(), ": the annotated section is 0 everywhere; annotate another one"));
  return {-half, half};
}

void under_gain(TrainingPair& pair, double clean_offset, const SeismicSource& source, double agc_ms) {
  const auto window = std::max<std::int64_t>(1, std::llround(agc_ms / source.info().geometry.spacing[1]));
  auto gained = with_gain(pair.degraded.view(), pair.offset, window);
  pair.clean = under_gains(pair.clean.view(), clean_offset, gained.gains);
  pair.degraded = std::move(gained.section);
  pair.offset = 0;
  const auto half = std::max({4.0, peak_of(pair.degraded, 0) / kInside, peak_of(pair.clean, 0) / kInside});
  pair.degraded.set_range({-half, half});
  pair.clean.set_range({-half, half});
}

}  // namespace

SeismicPair annotated_line(const std::string& degraded, const std::string& clean, std::optional<std::int64_t> slice,
                           std::int64_t neighbours, const VolumeFlags& flags, std::optional<ValueRange> range, double agc_ms,
                           bool to_vary) {
  if (agc_ms > 0 && range) throw ArgumentError("range: --agc sets the amplitudes; leave out one of the two");
  const auto options = volume_options(flags);
  auto source = open_segy(degraded, options);
  if (agc_ms > 0) require_interval(*source);
  const auto index = chosen(*source, slice);
  SeismicPair result;
  result.training = {static_cast<double>(source->segy().layout.interval_us), agc_ms};
  if (!is_seismic(clean)) {
    if (agc_ms > 0) throw ArgumentError(text("agc: ", clean, " is no SEG-Y; gains are taken with a clean section of traces only"));
    result.pair = annotated_section(degraded, clean, index, neighbours, flags, range, to_vary);
    result.pair.is_seismic = true;
    return result;
  }
  auto& pair = result.pair;
  auto traces = source->read_traces(index);
  auto columns = usable(traces);
  double clean_offset = 0;
  auto counterpart = clean_line(clean, *source, index, options, columns, clean_offset);
  if (std::count(columns.begin(), columns.end(), true) == 0)
    throw FormatError(text(degraded, ": ", source->segy().grid.section_name(index),
                           " and its clean counterpart have no live trace in common; annotate another one"));
  auto shown = std::move(traces.section);
  if (neighbours > 0 && !to_vary) shown = with_neighbours(open_segy(degraded, options), 2 * neighbours)->read(index);
  pair = {only(shown, columns), only(counterpart, columns), 2 * neighbours, code_of(source->info().stored).offset,
          /*is_seismic=*/true};
  for (const auto& remark : source->remarks()) std::cerr << "firstframe: warning: " << degraded << ": " << remark << "\n";
  if (agc_ms > 0) {
    under_gain(pair, clean_offset, *source, agc_ms);
    return result;
  }
  if (!range && source->info().stored == StoredType::int8) range = ValueRange{-128, 127};
  if (!range) range = symmetric_range(*source, std::max(peak_of(pair.degraded, pair.offset), peak_of(pair.clean, clean_offset)),
                                      to_vary ? kInsideVaried : kInside);
  pair.degraded.set_range({range->low + pair.offset, range->high + pair.offset});
  pair.clean.set_range({range->low + clean_offset, range->high + clean_offset});
  return result;
}

}  // namespace firstframe
