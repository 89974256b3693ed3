#include "pipelines/cli/inspect_segy.h"

#include "core/base/text.h"
#include "io/seismic/amplitudes.h"
#include "io/seismic/segy_text.h"

namespace firstframe {
namespace {

using Json = nlohmann::ordered_json;

Json describe(const SegyFile& segy, const TraceGrid& grid) {
  Json json{{"sections", grid.sections}, {"section_is", name_of(grid.kind)}, {"samples", segy.layout.samples}, {"columns", grid.columns}};
  json["first_section"] = grid.section_name(0);
  json["last_section"] = grid.section_name(grid.sections - 1);
  if (!grid.across.empty()) {
    const auto other = grid.kind == SegySections::inlines ? "crosslines" : "inlines";
    json["across"] = text(other, " ", grid.across.front(), " to ", grid.across.back());
  }
  if (grid.offsets > 1) json["traces_at_a_place"] = grid.offsets;
  if (const auto missing = grid.sections * grid.columns - segy.layout.traces; missing > 0) json["places_without_trace"] = missing;
  return json;
}

}  // namespace

nlohmann::ordered_json describe_segy(const std::filesystem::path& path, const SegyOptions& options) {
  const auto segy = open_segy_file(path, options);
  const auto& layout = segy->layout;
  const auto found = amplitudes_of(*segy);
  Json json{{"kind", layout.is_su ? "SU" : "SEG-Y"},
            {"sample_format", text(layout.format, " ", segy_format_name(layout.format))},
            {"byte_order", layout.big_endian ? "big" : "little"},
            {"traces", layout.traces},
            {"samples_per_trace", layout.samples},
            {"sample_interval_us", layout.interval_us}};
  if (!layout.is_su) {
    json["revision"] = layout.revision;
    json["extended_text_headers"] = layout.extended_headers;
  }
  json["geometry"] = describe(*segy, segy->grid);
  json["marked_dead"] = segy->marked_dead;
  json["amplitudes"] = Json{{"traces_looked_at", found.traces}, {"dead_among_them", found.dead}, {"lowest", found.lowest},
                            {"highest", found.highest},         {"usual", found.usual},          {"rms", found.rms},
                            {"samples_that_are_no_numbers", found.bad_samples}};
  json["contradictions"] = segy->findings;
  if (!layout.is_su) json["text_header"] = text_header(*segy);
  return json;
}

}  // namespace firstframe
