#include "pipelines/sections/volume_work.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/metrics/residual.h"
#include "core/seismic/local_orthogonalization.h"
#include "core/seismic/mute.h"
#include "core/settings/setting_table.h"
#include "core/tiling/restore_tiled.h"
#include "core/tiling/upsampled_input.h"
#include "io/files/file_print.h"
#include "io/seismic/amplitudes.h"
#include "io/seismic/trace_grid.h"
#include "io/volume/trained_code.h"
#include "pipelines/sections/gained_restore.h"
#include "pipelines/sections/neighbour_source.h"

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

std::string print_of(const SegyOptions& segy) {
  auto print = text("sections ", name_of(segy.sections), ", bytes ", segy.inline_byte, " ", segy.crossline_byte, " ", segy.gather_byte);
  if (segy.format) print += text(", format ", *segy.format);
  if (segy.samples) print += text(", samples ", *segy.samples);
  if (segy.big_endian) print += *segy.big_endian ? ", big-endian" : ", little-endian";
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

// The range of a model that was trained on another kind of sample says nothing here, and floats have no range of their own: a network
// would meet amplitudes of thousands where it expects 0..1.
void require_known_amplitudes(const ModelInfo& model, const SectionSource& source, const std::string& input) {
  const auto& info = source.info();
  if (!info.segy || model.pair_hash.empty()) return;  // restorers without training know no amplitudes
  const auto type = code_of(info.stored).type;
  if (model.trained_range ? model.trained_range->type == type : type != SampleType::float32) return;
  const auto usual = amplitudes_of(*info.segy).usual;
  throw FormatError(text(input, ": holds ", name_of(info.stored), ", the model was trained on ",
                         model.trained_range ? trained_type(*model.trained_range) : "pictures", "; say with --range ", -usual, ":", usual,
                         " that 99.9 % of its samples lie there, or train on a section of it"));
}

void require_traces(const ModelInfo& model, const SectionSource& source, const std::string& input) {
  const auto stored = source.info().stored;
  if (!source.info().segy && stored != StoredType::float32)
    throw ArgumentError(text("orthogonalise: ", input, " holds ", name_of(stored), "; seismic sections, SEG-Y, SU or volumes of float32, are accepted"));
  if (model.scale > 1) throw ArgumentError("orthogonalise: the model is one of super-resolution; leave out --orthogonalise");
}

// float32: stored values + offset.
Section with_signal_back(const Section& restored, const Section& degraded, double offset) {
  auto whole = locally_orthogonal(traces_of(restored.view(), offset), traces_of(degraded.view(), offset));
  for (auto& value : whole.values) value += offset;
  auto section = section_of(whole);
  section.set_range(restored.range());
  return section;
}

}  // namespace

VolumeWork::VolumeWork(const ModelInfo& model, const VolumeRestore& job)
    : model_(model), job_(job), source_(with_neighbours(open_volume(job.input, job.volume), model.neighbours)) {
  const bool is_seismic = source_->info().segy != nullptr;
  if (is_seismic && model.border == Border::circular)
    throw FormatError(text(job.input, ": the model takes frames to be circular, and would draw events of one edge of a section at the other; train it "
                           "again with --border reflect"));
  if (job.orthogonalise) require_traces(model, *source_, job.input);
  // What was removed is removed from the section itself, which the mean with its neighbours no longer shows.
  if (model.neighbours > 0 && (is_seismic || job.orthogonalise || !job.residual.empty())) own_ = open_volume(job.input, job.volume);
  gain_window_ = gain_window(model, *source_);
  if (gain_window_ > 0) {
    require_gain_fits(model, job.volume.range.has_value());
  } else if (!job.volume.range) {
    require_known_amplitudes(model, *source_, job.input);
    require_trained_code(model, source_->info().stored, job.input, "--range LOW:HIGH");
  }
}

// Everything that decides the output's bytes. Readable, since the journal of a stopped run holds it.
std::string VolumeWork::fingerprint() const {
  const auto& volume = job_.volume;
  const auto& settings = job_.settings;
  auto print = text(print_of_files(source_->files()), "; axis ", name_of(volume.axis), "; ", job_.restorer_id, "; stride ",
                    settings.stride, ", window ", name_of(settings.window), ", ensemble ", settings.ensemble, ", precision ",
                    name_of(settings.precision), ", device ", name_of(settings.device));
  if (volume.range) print += "; range " + print_of(*volume.range);
  if (volume.raw) print += "; " + print_of(*volume.raw);
  if (!volume.series.empty()) print += "; series " + volume.series;
  if (source_->info().segy) print += "; " + print_of(volume.segy);
  if (job_.orthogonalise) print += "; orthogonalised";
  return print;
}

std::vector<Section> VolumeWork::restored(const Restorer& restorer, std::int64_t index, const Section& degraded,
                                          std::stop_token stop) const {
  std::vector<Section> sections;
  const auto& info = source_->info();
  const auto offset = code_of(info.stored).offset;
  if (gain_window_ > 0)
    sections.push_back(restored_under_gain(restorer, degraded, offset, gain_window_, silent_, job_.settings, stop));
  else if (info.segy)
    sections.push_back(silent_.run(restorer, degraded, offset, job_.settings, stop));
  else
    sections.push_back(restore(restorer, degraded.view(), job_.settings, stop));
  std::optional<Section> own;
  if (own_) own = own_->read(index);
  const auto& given = own ? *own : degraded;
  if (job_.orthogonalise) sections.front() = with_signal_back(sections.front(), given, offset);
  if (info.segy && model_.scale == 1) keep_mutes(given.view(), offset, sections.front());
  if (!job_.residual.empty()) sections.push_back(removed(model_, given, sections.front()));
  return sections;
}

WorkOrder VolumeWork::order(const Restorer& restorer) const {
  const bool is_by_itself = gain_window_ == 0 && !source_->info().segy && !own_;
  return restorer.whole_sections() && is_by_itself ? WorkOrder::beside_each_other : WorkOrder::one_by_one;
}

std::vector<std::unique_ptr<SectionSink>> VolumeWork::open_sinks(const SinkOptions& options) const {
  auto info = restored_info(model_, *source_);
  std::vector<std::unique_ptr<SectionSink>> sinks;
  sinks.push_back(open_volume_sink(job_.output, info, options, job_.input));
  if (job_.residual.empty()) return sinks;
  info.stored = StoredType::float32;
  if (info.format == "DICOM series") info.format = "residual";  // slices of integers would round and limit it
  auto of_residual = options;
  of_residual.is_residual = true;
  sinks.push_back(open_volume_sink(job_.residual, info, of_residual, job_.input));
  return sinks;
}

}  // namespace firstframe
