#include "io/seismic/segy_source.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/seismic/mute.h"
#include "io/seismic/trace_columns.h"
#include "io/seismic/trace_runs.h"
#include "io/volume/block_source.h"
#include "io/volume/volume_formats.h"

namespace firstframe {
namespace {

constexpr std::size_t kBadNamed = 5;

VolumeInfo info_of(std::shared_ptr<const SegyFile> segy) {
  const auto& [layout, grid] = std::pair<const SegyLayout&, const TraceGrid&>(segy->layout, segy->grid);
  VolumeInfo info;
  info.format = layout.is_su ? "SU" : "SEG-Y";
  info.stored = *segy_stored_type(layout.format);
  info.geometry.size = {grid.columns, layout.samples, grid.sections};
  if (layout.interval_us > 0) info.geometry.spacing[1] = static_cast<double>(layout.interval_us) / 1000;
  info.metadata["sample_format"] = segy_format_name(layout.format);
  info.metadata["byte_order"] = layout.big_endian ? "big" : "little";
  info.metadata["sample_interval_us"] = std::to_string(layout.interval_us);
  info.metadata["sections"] = name_of(grid.kind);
  info.segy = std::move(segy);
  return info;
}

class SegySource final : public SeismicSource {
 public:
  SegySource(std::shared_ptr<const SegyFile> segy, const VolumeOptions& options) : segy_(std::move(segy)), info_(info_of(segy_)) {
    if (options.axis != Axis::z)
      throw ArgumentError(text("axis: sections of ", path().string(), " are inlines, crosslines or gathers; leave out --axis and use "
                               "--sections"));
    range_ = options.range ? code().coded(*options.range) : full_range(code().type);
  }

  const VolumeInfo& info() const override { return info_; }
  Axis axis() const override { return Axis::z; }
  std::filesystem::path path() const override { return segy_->file.path(); }
  const SegyFile& segy() const override { return *segy_; }

  Section read(std::int64_t index) override { return read_traces(index).section; }

  SeismicSection read_traces(std::int64_t index) override {
    require_section(*this, index);
    const auto runs = runs_of(*segy_, index);
    SeismicSection result{has_all_traces(runs) ? Section::unset(code().type, 1, extent()) : Section(code().type, 1, extent()), {}, {}};
    result.states.assign(static_cast<std::size_t>(segy_->grid.columns), TraceState::absent);
    for (const auto& run : runs) read_run(index, run, result);
    count_mutes(result);
    fill_dead_traces(result.section, result.states);
    result.section.set_range(range_);
    return result;
  }

  std::vector<std::string> remarks() const override {
    auto remarks = segy_->findings;
    if (muted_traces_ > 0)
      remarks.push_back(text(muted_traces_, muted_traces_ == 1 ? " trace begins or ends" : " traces begin or end",
                             " with zeros, a mute of ", muted_samples_, " samples in all; restoring leaves them 0"));
    if (bad_ == 0) return remarks;
    auto remark = text(bad_, bad_ == 1 ? " sample is no finite number" : " samples are no finite numbers",
                       "; what lies beside them was taken in their place, their bytes are kept: ");
    for (std::size_t i = 0; i < bad_named_.size(); ++i) remark += (i == 0 ? "" : "; ") + bad_named_[i];
    if (static_cast<std::size_t>(bad_) > bad_named_.size()) remark += "; ...";
    remarks.push_back(remark);
    return remarks;
  }

 private:
  SampleCode code() const { return code_of(info_.stored); }

  bool has_all_traces(const std::vector<TraceRun>& runs) const {
    std::size_t traces = 0;
    for (const auto& run : runs) traces += run.traces.size();
    return static_cast<std::int64_t>(traces) == segy_->grid.columns;
  }

  void read_run(std::int64_t index, const TraceRun& run, SeismicSection& result) {
    const auto& layout = segy_->layout;
    const auto count = static_cast<std::int64_t>(run.traces.size());
    raw_.resize(static_cast<std::size_t>(count * layout.trace_bytes()));
    segy_->file.read(layout.at(run.first()), raw_);
    const auto bytes = layout.samples * bytes_per_sample(code().type);
    decoded_.resize(static_cast<std::size_t>(kTracesAtOnce * bytes));
    for (std::int64_t first = 0; first < count; first += kTracesAtOnce) {
      std::vector<std::int64_t> columns;
      for (auto i = first; i < std::min(count, first + kTracesAtOnce); ++i) {
        const auto column = run.traces[static_cast<std::size_t>(i)].column;
        const auto* trace = raw_.data() + i * layout.trace_bytes();
        auto* decoded = decoded_.data() + static_cast<std::int64_t>(columns.size()) * bytes;
        decode_trace(layout.format, layout.big_endian, trace + kTraceHeaderBytes, layout.samples, decoded);
        note_bad(index, column, decoded, result);
        result.states[static_cast<std::size_t>(column)] = state_of(layout, trace, decoded);
        columns.push_back(column);
      }
      traces_to_columns(decoded_.data(), columns, result.section.span());
    }
  }

  void count_mutes(const SeismicSection& read) {
    const auto mutes = mutes_of(read.section.view(), code().offset);
    for (std::size_t column = 0; column < mutes.size(); ++column) {
      if (read.states[column] != TraceState::live || mutes[column].samples() == 0) continue;
      ++muted_traces_;
      muted_samples_ += mutes[column].samples();
    }
  }

  void note_bad(std::int64_t index, std::int64_t column, std::byte* decoded, SeismicSection& result) {
    if (code().type != SampleType::float32) return;
    auto* samples = reinterpret_cast<float*>(decoded);
    for (const auto sample : replace_non_finite(samples, segy_->layout.samples)) {
      result.bad.push_back({index, column, sample});
      ++bad_;
      if (bad_named_.size() < kBadNamed) bad_named_.push_back(text(name_of_trace(*segy_, index, column), ", sample ", sample));
    }
  }

  std::shared_ptr<const SegyFile> segy_;
  VolumeInfo info_;
  ValueRange range_;
  std::vector<std::byte> raw_, decoded_;
  std::int64_t bad_ = 0, muted_traces_ = 0, muted_samples_ = 0;
  std::vector<std::string> bad_named_;
};

}  // namespace

SeismicSource* as_seismic(SectionSource& source) { return dynamic_cast<SeismicSource*>(&source); }

std::unique_ptr<SeismicSource> open_segy(std::shared_ptr<const SegyFile> file, const VolumeOptions& options) {
  return std::make_unique<SegySource>(std::move(file), options);
}

std::unique_ptr<SeismicSource> open_segy(const std::filesystem::path& path, const VolumeOptions& options) {
  return open_segy(open_segy_file(path, options.segy), options);
}

std::unique_ptr<SectionSource> open_segy_volume(const std::filesystem::path& path, const VolumeOptions& options) {
  return open_segy(path, options);
}

}  // namespace firstframe
