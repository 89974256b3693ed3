#include "pipelines/cli/live_traces.h"

#include <algorithm>

#include "io/seismic/segy_source.h"

namespace firstframe {

SectionTraces read_traces(SectionSource& source, std::int64_t index) {
  const auto offset = code_of(source.info().stored).offset;
  if (auto* seismic = as_seismic(source)) {
    auto read = seismic->read_traces(index);
    return {traces_of(read.section.view(), offset), std::move(read.states)};
  }
  auto traces = traces_of(source.read(index).view(), offset);
  const auto columns = static_cast<std::size_t>(traces.extent.cols);
  return {std::move(traces), std::vector<TraceState>(columns, TraceState::live)};
}

std::vector<std::int64_t> live_columns(const std::vector<const SectionTraces*>& sections) {
  std::vector<std::int64_t> columns;
  for (std::size_t col = 0; col < sections.front()->states.size(); ++col)
    if (std::all_of(sections.begin(), sections.end(), [&](const auto* one) { return one->states[col] == TraceState::live; }))
      columns.push_back(static_cast<std::int64_t>(col));
  return columns;
}

Traces columns_of(const Traces& traces, const std::vector<std::int64_t>& columns) {
  Traces part({traces.extent.rows, static_cast<std::int64_t>(columns.size())});
  for (std::int64_t row = 0; row < part.extent.rows; ++row)
    for (std::int64_t i = 0; i < part.extent.cols; ++i) part.at(row, i) = traces.at(row, columns[static_cast<std::size_t>(i)]);
  return part;
}

void put_columns(Traces& traces, const std::vector<std::int64_t>& columns, const Traces& part) {
  for (std::int64_t row = 0; row < part.extent.rows; ++row)
    for (std::int64_t i = 0; i < part.extent.cols; ++i) traces.at(row, columns[static_cast<std::size_t>(i)]) = part.at(row, i);
}

}  // namespace firstframe
