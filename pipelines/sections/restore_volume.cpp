#include "pipelines/sections/restore_volume.h"

#include <memory>
#include <vector>

#include "core/base/text.h"
#include "core/metrics/residual.h"
#include "core/settings/setting_table.h"
#include "core/tiling/restore_tiled.h"
#include "core/tiling/upsampled_input.h"
#include "io/files/file_print.h"
#include "io/volume/section_sink.h"
#include "io/volume/trained_code.h"
#include "pipelines/sections/neighbour_source.h"
#include "pipelines/sections/section_pipeline.h"

namespace firstframe {
namespace {

std::string print_of(const ValueRange& range) {
  return text(text_of(SettingValue{range.low}), ":", text_of(SettingValue{range.high}));
}

std::string print_of(const RawVolume& raw) {
  const auto [x, y, z] = raw.size;
  return text("raw ", x, "x", y, "x", z, " of ", name_of(raw.stored), raw.big_endian ? " big-endian" : "", " behind ", raw.header_bytes,
              " bytes");
}

// Everything that decides the output's bytes. Readable, since the journal of a stopped run holds it.
std::string fingerprint(const VolumeRestore& job, const SectionSource& source) {
  const auto& volume = job.volume;
  const auto& settings = job.settings;
  auto print = text(print_of_files(source.files()), "; axis ", name_of(volume.axis), "; ", job.restorer_id, "; stride ",
                    settings.stride, ", window ", name_of(settings.window), ", ensemble ", settings.ensemble, ", precision ",
                    name_of(settings.precision), ", device ", name_of(settings.device));
  if (volume.range) print += "; range " + print_of(*volume.range);
  if (volume.raw) print += "; " + print_of(*volume.raw);
  if (!volume.series.empty()) print += "; series " + volume.series;
  return print;
}

VolumeInfo restored_info(const ModelInfo& model, const SectionSource& source) {
  auto info = source.info();
  if (model.scale > 1) info.geometry = enlarged(info.geometry, source.axis(), upscale_of(model));
  return info;
}

// Of super-resolution what was removed from the upsampled section.
Section removed(const ModelInfo& model, const Section& degraded, const Section& restored) {
  if (model.scale == 1) return difference_of(degraded.view(), restored.view());
  return difference_of(upsampled(degraded.view(), upscale_of(model), restored.extent(), model.border).view(), restored.view());
}

}  // namespace

VolumeRestored restore_volume(const Restorer& restorer, const VolumeRestore& job,
                              const std::function<void(std::int64_t done, std::int64_t count)>& done, std::stop_token stop) {
  const auto neighbours = restorer.info().neighbours;
  const auto source = with_neighbours(open_volume(job.input, job.volume), neighbours);
  // What was removed is removed from the section itself, which the mean with its neighbours no longer shows.
  const auto own = neighbours > 0 && !job.residual.empty() ? open_volume(job.input, job.volume) : nullptr;
  if (!job.volume.range) require_trained_code(restorer.info(), source->info().stored, job.input, "--range LOW:HIGH");
  const SinkOptions options{job.volume.axis, fingerprint(job, *source), job.resume};
  auto info = restored_info(restorer.info(), *source);
  std::vector<std::unique_ptr<SectionSink>> sinks;
  sinks.push_back(open_volume_sink(job.output, info, options, job.input));
  if (!job.residual.empty()) {
    info.stored = StoredType::float32;
    if (info.format == "DICOM series") info.format = "residual";  // slices of integers would round and limit it
    sinks.push_back(open_volume_sink(job.residual, info, options, job.input));
  }

  std::vector<SectionSink*> places;
  for (const auto& sink : sinks) places.push_back(sink.get());
  const auto work = [&](std::int64_t index, const Section& degraded) {
    std::vector<Section> sections;
    sections.push_back(restore(restorer, degraded.view(), job.settings, stop));
    if (sinks.size() > 1)
      sections.push_back(removed(restorer.info(), own ? own->read(index) : degraded, sections.front()));
    return sections;
  };
  const auto tell = [&](std::int64_t sections) {
    if (done) done(sections, source->count());
  };
  VolumeRestored result{.count = source->count()};
  result.sections = run_sections(*source, places, work, tell, stop);
  for (const auto& sink : sinks) {
    sink->finish();
    result.clipped += sink->clipped();
  }
  return result;
}

}  // namespace firstframe
