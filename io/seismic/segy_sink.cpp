#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/seismic/segy_file.h"
#include "io/seismic/trace_columns.h"
#include "io/seismic/trace_repair.h"
#include "io/seismic/trace_runs.h"
#include "io/seismic/trace_state.h"
#include "io/volume/volume_draft.h"
#include "io/volume/volume_formats.h"

namespace firstframe {
namespace {

constexpr std::int64_t kCopied = std::int64_t{4} << 20;  // bytes at a time

// The output is the input's bytes with the samples of live traces replaced. Every section is made whole from the input, headers and
// all, so a section that was half written when a run was killed is simply written again.
class SegySink final : public SectionSink {
 public:
  SegySink(const std::filesystem::path& path, const VolumeInfo& info, const SinkOptions& options)
      : segy_(info.segy), code_(code_of(info.stored)), is_residual_(options.is_residual), draft_(path, info, options, segy_->layout.file_bytes) {
    if (draft_.first_missing() > 0) return;
    copy(0, segy_->layout.begin);
    copy(segy_->layout.end(), segy_->layout.file_bytes);
  }

  std::int64_t first_missing() const override { return draft_.first_missing(); }
  std::int64_t clipped() const override { return draft_.clipped(); }

  void write(std::int64_t index, const SectionView& section) override {
    const auto& grid = segy_->grid;
    if (index != first_missing() || index >= grid.sections)
      throw ArgumentError(text(draft_.target().string(), ": section ", index, " was given, section ", first_missing(), " of ",
                               grid.sections, " is next; sections are written in ascending order"));
    const Extent extent{segy_->layout.samples, grid.columns};
    const auto& given = section.layout;
    if (given.extent != extent || given.channels != 1 || (given.type != code_.type && given.type != SampleType::float32))
      throw ArgumentError(text(draft_.target().string(), ": was given a section of ", name_of(given.extent), ", ", given.channels,
                               " channels, ", name_of(given.type), "; ", name_of(extent), ", 1 channel, ", name_of(code_.type),
                               " is accepted"));
    std::int64_t clipped = 0;
    for (const auto& run : runs_of(*segy_, index)) clipped += write_run(index, run, section);
    draft_.section_done(clipped);
  }

  void finish() override {
    if (first_missing() != segy_->grid.sections)
      throw ArgumentError(text(draft_.target().string(), ": ", first_missing(), " of ", segy_->grid.sections,
                               " sections are written; the file is not whole"));
    draft_.publish();
  }

 private:
  void copy(std::int64_t begin, std::int64_t end) {
    for (auto at = begin; at < end; at += kCopied) {
      raw_.resize(static_cast<std::size_t>(std::min(kCopied, end - at)));
      segy_->file.read(at, raw_);
      draft_.write(at, raw_);
    }
  }

  std::int64_t write_run(std::int64_t index, const TraceRun& run, const SectionView& section) {
    const auto& layout = segy_->layout;
    const auto count = static_cast<std::int64_t>(run.traces.size());
    raw_.resize(static_cast<std::size_t>(count * layout.trace_bytes()));
    segy_->file.read(layout.at(run.first()), raw_);
    const auto bytes = layout.samples * bytes_per_sample(section.layout.type);
    restored_.resize(static_cast<std::size_t>(kTracesAtOnce * bytes));
    std::int64_t clipped = 0;
    for (std::int64_t first = 0; first < count; first += kTracesAtOnce) {
      std::vector<std::int64_t> columns;
      for (auto i = first; i < std::min(count, first + kTracesAtOnce); ++i)
        columns.push_back(run.traces[static_cast<std::size_t>(i)].column);
      columns_to_traces(section, columns, restored_.data());
      for (std::size_t i = 0; i < columns.size(); ++i)
        clipped += put_trace(index, columns[i], restored_.data() + static_cast<std::int64_t>(i) * bytes, section.layout.type,
                             raw_.data() + (first + static_cast<std::int64_t>(i)) * layout.trace_bytes());
    }
    draft_.write(layout.at(run.first()), raw_);
    return clipped;
  }

  // Puts restored samples over the input's in `trace`, which begins with its header. What did not change keeps its bytes: an IBM
  // float that segyio would write otherwise, a NaN, a dead trace.
  std::int64_t put_trace(std::int64_t index, std::int64_t column, std::byte* restored, SampleType type, std::byte* trace) {
    const auto& layout = segy_->layout;
    auto* samples = trace + kTraceHeaderBytes;
    const auto own = code_of(*segy_stored_type(layout.format));
    stored_.resize(static_cast<std::size_t>(layout.samples * bytes_per_sample(own.type)));
    decode_trace(layout.format, layout.big_endian, samples, layout.samples, stored_.data());
    if (!is_live(trace, own.type)) {
      if (is_residual_) std::memset(samples, 0, static_cast<std::size_t>(layout.samples * segy_sample_bytes(layout.format)));
      return 0;
    }
    if (!is_residual_ && type == own.type && std::memcmp(restored, stored_.data(), stored_.size()) == 0) return 0;
    if (type == SampleType::float32) require_finite(index, column, reinterpret_cast<const float*>(restored));
    if (own.type == SampleType::float32) return put_floats(restored, samples);
    if (type == SampleType::float32) {
      auto* floats = reinterpret_cast<float*>(restored);
      const auto shift = static_cast<float>(own.offset - code_.offset);
      std::for_each(floats, floats + layout.samples, [&](float& value) { value += shift; });
    }
    return encode_trace(layout.format, layout.big_endian, type, restored, layout.samples, samples);
  }

  // As the source decides it: after what is no number was replaced, so that zeros and one NaN are dead in both.
  bool is_live(const std::byte* trace, SampleType type) {
    const auto* judged = &stored_;
    if (type == SampleType::float32 && !is_finite(reinterpret_cast<const float*>(stored_.data()), segy_->layout.samples)) {
      repaired_ = stored_;
      replace_non_finite(reinterpret_cast<float*>(repaired_.data()), segy_->layout.samples);
      judged = &repaired_;
    }
    return state_of(segy_->layout, trace, judged->data()) == TraceState::live;
  }

  std::int64_t put_floats(std::byte* restored, std::byte* samples) {
    const auto& layout = segy_->layout;
    auto* values = reinterpret_cast<float*>(restored);
    const auto* before = reinterpret_cast<const float*>(stored_.data());
    if (is_residual_)
      for (std::int64_t i = 0; i < layout.samples; ++i)
        if (!std::isfinite(before[i])) values[i] = 0;
    encoded_.resize(stored_.size());
    const auto clipped =
        encode_trace(layout.format, layout.big_endian, SampleType::float32, restored, layout.samples, encoded_.data());
    for (std::int64_t i = 0; i < layout.samples; ++i)
      if (is_residual_ || (values[i] != before[i] && std::isfinite(before[i]))) std::memcpy(samples + 4 * i, encoded_.data() + 4 * i, 4);
    return clipped;
  }

  void require_finite(std::int64_t index, std::int64_t column, const float* values) const {
    if (is_finite(values, segy_->layout.samples)) return;
    const auto* bad = std::find_if_not(values, values + segy_->layout.samples, [](float value) { return std::isfinite(value); });
    throw FormatError(text(name_of_trace(*segy_, index, column), ": restored sample ", bad - values, " is ", *bad,
                           ", which is no amplitude; the model does not fit these data"));
  }

  std::shared_ptr<const SegyFile> segy_;
  SampleCode code_;
  bool is_residual_;
  VolumeDraft draft_;
  std::vector<std::byte> raw_, restored_, stored_, encoded_, repaired_;
};

}  // namespace

std::unique_ptr<SectionSink> open_segy_sink(const std::filesystem::path& path, const VolumeInfo& info, const SinkOptions& options) {
  if (!info.segy)
    throw ArgumentError(text(path.string(), ": SEG-Y is written as a copy of a SEG-Y input, with its headers; this input is ", info.format,
                             ", choose .mha or .nrrd"));
  const auto& layout = info.segy->layout;
  const std::array<std::int64_t, 3> size{info.segy->grid.columns, layout.samples, info.segy->grid.sections};
  if (info.geometry.size != size)
    throw ArgumentError(text(path.string(), ": SEG-Y keeps its size, ", name_of({layout.samples, size[0]}), " a section; ",
                             name_of({info.geometry.size[1], info.geometry.size[0]}), " were to be written. A super-resolution model's "
                             "output goes to .mha or .nrrd"));
  if ((volume_ending(path) == ".su") != layout.is_su)
    throw ArgumentError(text(path.string(), ": the output is a copy of the input, which is ", info.format, "; choose the ending ",
                             layout.is_su ? ".su" : ".sgy or .segy"));
  return std::make_unique<SegySink>(path, info, options);
}

}  // namespace firstframe
