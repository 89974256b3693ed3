#include "pipelines/cli/measure_seismic.h"

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/seismic/spectra.h"
#include "io/stream/same_place.h"
#include "io/volume/section_sink.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/live_traces.h"
#include "pipelines/cli/wavelet_flag.h"
#include "pipelines/cli/wedge_figures.h"
#include "pipelines/seismic/section_panels.h"

namespace firstframe {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostPlots = 8;  // sections, the worst ones

double offset_of(const SectionSource& source) { return code_of(source.info().stored).offset; }

std::unique_ptr<SectionSource> opened(const std::string& path, const SeismicMeasurement& job) {
  return open_volume(path, volume_options(job.volume));
}

void check_size(const SectionSource& a, const SectionSource& b) {
  if (a.count() != b.count() || a.extent() != b.extent())
    throw FormatError(text("measure: ", a.path().string(), " has ", a.count(), " sections of ", name_of(a.extent()), ", ", b.path().string(),
                           " ", b.count(), " of ", name_of(b.extent()), "; both must be of one size"));
}

Json json_of(const SectionFigures& f) {
  Json json{{"degraded_rms", f.degraded_rms},           {"restored_rms", f.restored_rms},
            {"residual_rms", f.residual_rms},           {"removed_percent", f.removed_percent},
            {"similarity_median", f.similarity_median}, {"similarity_p95", f.similarity_p95},
            {"above_gate_percent", f.gated_percent}};
  // JSON knows no infinity: equal sections give null.
  const auto finite = [](double value) { return std::isfinite(value) ? Json(value) : Json(); };
  if (f.degraded_snr_db) json["degraded_snr_db"] = finite(*f.degraded_snr_db);
  if (f.restored_snr_db) json["restored_snr_db"] = finite(*f.restored_snr_db);
  return json;
}

// Of all that is read, none may be what --blend replaces.
void check_blend(const SeismicMeasurement& job, const std::vector<const SectionSource*>& sources) {
  const auto refuse = [&](const std::string& what) {
    throw ArgumentError(text("blend: ", job.blend, " is ", what, ", which is read and would be overwritten; name another output"));
  };
  const char* names[] = {"RESTORED", "DEGRADED", "CLEAN"};
  for (std::size_t i = 0; i < sources.size(); ++i) {
    auto files = sources[i]->files();
    files.push_back(sources[i]->path());
    if (std::any_of(files.begin(), files.end(), [&](const auto& file) { return is_same_place(file, job.blend); })) refuse(names[i]);
  }
  if (!job.wedge.empty() && job.wedge != "fx" && is_same_place(job.wedge, job.blend)) refuse("the model of --wedge");
}

std::string line_of(const std::string& name, const SectionFigures& f) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(1) << name << "  removed " << f.removed_percent << " % of the energy, local similarity "
      << std::setprecision(3) << f.similarity_median << " (median) " << f.similarity_p95 << " (95th percentile)" << std::setprecision(2);
  if (f.restored_snr_db) out << ", SNR " << *f.degraded_snr_db << " -> " << *f.restored_snr_db << " dB";
  out << (f.is_flagged ? "  FLAGGED" : "") << "\n";
  return out.str();
}

// Root mean square over sections of one extent.
class MeanSpectrum {
 public:
  void add(const Traces& section) {
    const auto one = amplitude_spectrum(section);
    power_.resize(one.size());
    for (std::size_t i = 0; i < one.size(); ++i) power_[i] += one[i] * one[i];
    ++count_;
  }
  Json json() const {
    auto all = Json::array();
    for (const double power : power_) all.push_back(std::sqrt(power / static_cast<double>(count_)));
    return all;
  }

 private:
  std::vector<double> power_;
  std::int64_t count_ = 0;
};

// One section of all files, with the columns that are live in each of them.
struct ReadSection {
  std::int64_t index = 0;
  SectionTraces restored, degraded;
  std::optional<SectionTraces> clean;
  std::vector<std::int64_t> columns;
};

ReadSection read_section(std::int64_t index, SectionSource& restored, SectionSource& degraded, SectionSource* clean) {
  ReadSection read{index, read_traces(restored, index), read_traces(degraded, index), {}, {}};
  std::vector<const SectionTraces*> all{&read.restored, &read.degraded};
  if (clean) all.push_back(&read.clean.emplace(read_traces(*clean, index)));
  read.columns = live_columns(all);
  return read;
}

// Plots of the sections with the largest 95th percentile.
void write_plots(const SeismicMeasurement& job, std::vector<SectionFigures> figures, const std::function<MeasuredSection(std::int64_t)>& measured) {
  std::error_code error;
  std::filesystem::create_directories(job.plots, error);
  if (error) throw OutputError(text(job.plots, ": the folder cannot be made: ", error.message()));
  std::sort(figures.begin(), figures.end(), [](const auto& a, const auto& b) { return a.similarity_p95 > b.similarity_p95; });
  figures.resize(std::min(figures.size(), kMostPlots));
  for (const auto& one : figures)
    draw_panels((std::filesystem::path(job.plots) / text("section_", one.section, ".png")).string(),
                panels_of(measured(one.section), job.sample_interval_ms), {1700, 1500});
}

}  // namespace

void add_seismic_flags(CLI::App& command, SeismicMeasurement& job) {
  const std::string group = "Seismic sections (--seismic)";
  command.add_option("--gate", job.gate, "Sections are flagged when the 95th percentile of local similarity is above this")
      ->check(CLI::Range(0.001, 0.999))->capture_default_str()->type_name("0..1")->group(group);
  command.add_option("--similarity-samples", job.similarity_samples, "Half width of the triangle local similarity is smoothed by, down")
      ->check(CLI::Range(1, 10000))->capture_default_str()->type_name("SAMPLES")->group(group);
  command.add_option("--similarity-traces", job.similarity_traces, "The same across")
      ->check(CLI::Range(1, 10000))->capture_default_str()->type_name("TRACES")->group(group);
  command.add_option("--plots", job.plots, "Draw sections, residuals, similarity and spectra of the 8 sections with the largest similarity into this folder")
      ->type_name("FOLDER")->group(group);
  command.add_option("--blend", job.blend, "Write the volume with flagged sections' removed signal given back where local similarity is above the gate")
      ->type_name("OUTPUT")->group(group);
  command.add_option("--wedge", job.wedge, "Restore the middle section with an injected wedge, by this model or by fx, and measure its amplitudes")
      ->type_name("MODEL|fx")->group(group);
  command.add_option("--sample-interval", job.sample_interval_ms, "For axes in Hz; default what the headers of SEG-Y say, else cycles per sample")
      ->check(CLI::PositiveNumber)->type_name("MS")->group(group);
}

bool has_seismic_flags(const SeismicMeasurement& job) {
  const SeismicMeasurement defaults;
  return job.gate != defaults.gate || job.similarity_samples != defaults.similarity_samples || job.similarity_traces != defaults.similarity_traces ||
         !job.plots.empty() || !job.blend.empty() || !job.wedge.empty() || job.sample_interval_ms != 0;
}

void measure_seismic(const SeismicMeasurement& asked) {
  auto job = asked;
  const auto restored = opened(job.restored, job);
  const auto degraded = opened(job.degraded, job);
  const auto clean = job.clean.empty() ? nullptr : opened(job.clean, job);
  if (!job.blend.empty()) {
    std::vector<const SectionSource*> sources{restored.get(), degraded.get()};
    if (clean) sources.push_back(clean.get());
    check_blend(job, sources);
  }
  check_size(*restored, *degraded);
  if (clean) check_size(*restored, *clean);
  if (job.except && *job.except >= restored->count())
    throw ArgumentError(text("except: there is no section ", *job.except, "; use 0..", restored->count() - 1));
  if (job.sample_interval_ms == 0) job.sample_interval_ms = sample_interval_ms_of(*degraded);
  const SimilaritySettings similarity{job.similarity_samples, job.similarity_traces};
  const auto measured = [&](const ReadSection& read) {
    const auto live = [&](const SectionTraces& section) { return columns_of(section.traces, read.columns); };
    auto result = measure_section(live(read.restored), live(read.degraded), read.clean ? std::optional(live(*read.clean)) : std::nullopt,
                                  job.gate, similarity);
    result.figures.section = read.index;
    return result;
  };

  std::unique_ptr<SectionSink> blended;
  if (!job.blend.empty()) blended = open_volume_sink(job.blend, restored->info(), {.axis = restored->axis(), .fingerprint = {}, .keeps_draft = false}, restored->path());
  std::vector<SectionFigures> all;
  MeanSpectrum before, after, removed;
  for (std::int64_t i = 0; i < restored->count(); ++i) {
    if (interrupt_token().stop_requested()) throw Cancelled("measure: stopped");
    const auto read = read_section(i, *restored, *degraded, clean.get());
    std::optional<MeasuredSection> found;
    if (!read.columns.empty()) found = measured(read);
    if (blended) {
      auto section = read.restored.traces;
      if (found && found->figures.is_flagged)
        put_columns(section, read.columns, blended_back(found->restored, found->degraded, found->similarity, job.gate));
      for (auto& value : section.values) value += offset_of(*restored);
      blended->write(i, section_of(section).view());
    }
    if (i < job.skip || i == job.except || !found) continue;
    const auto& one = *found;
    all.push_back(one.figures);
    before.add(one.degraded);
    after.add(one.restored);
    removed.add(one.residual);
  }
  if (all.empty()) throw FormatError(text("measure: ", job.restored, " has no section with live traces but those that were left out"));
  if (blended) blended->finish();
  if (!job.plots.empty())
    write_plots(job, all, [&](std::int64_t i) { return measured(read_section(i, *restored, *degraded, clean.get())); });

  const auto mean = mean_of(all);
  auto flagged = Json::array();
  for (const auto& one : all)
    if (one.is_flagged) flagged.push_back(one.section);
  const double interval = job.sample_interval_ms > 0 ? job.sample_interval_ms : 4;
  Json wedge;
  if (!job.wedge.empty()) {
    const auto found = wedge_figures({job.wedge, job.degraded, job.volume, job.range, interval});
    wedge = {{"gain_error_percent", found.figures.gain_error_percent}, {"misfit_percent", found.figures.misfit_percent}, {"amplitude", found.amplitude}};
  }
  if (job.json) {
    Json result{{"sections", all.size()}, {"gate", job.gate}, {"flagged", flagged}, {"mean", json_of(mean)},
                {"spectra", {{"highest_frequency", job.sample_interval_ms > 0 ? 500 / job.sample_interval_ms : 0.5},
                             {"unit", job.sample_interval_ms > 0 ? "Hz" : "cycles per sample"},
                             {"degraded", before.json()}, {"restored", after.json()}, {"residual", removed.json()}}}};
    if (!wedge.is_null()) result["wedge"] = wedge;
    if (job.per_frame)
      for (const auto& one : all) {
        auto row = json_of(one);
        row["section"] = one.section;
        row["flagged"] = one.is_flagged;
        result["per_section"].push_back(row);
      }
    std::cout << result.dump(2) << "\n";
    return;
  }
  for (const auto& one : all)
    if (job.per_frame || one.is_flagged) std::cout << line_of(text("section ", one.section), one);
  std::cout << line_of(text("mean of ", all.size(), " sections"), mean);
  if (!flagged.empty())
    std::cout << flagged.size() << " of " << all.size() << " sections are flagged: signal may have been removed where the residual looks like the "
              << "restored section" << (job.blend.empty() ? "; --blend OUTPUT gives it back" : "") << "\n";
  if (!wedge.is_null())
    std::cout << std::fixed << std::setprecision(1) << "injected wedge: gain error " << wedge["gain_error_percent"].get<double>() << " %, misfit "
              << wedge["misfit_percent"].get<double>() << " %\n";
}

}  // namespace firstframe
