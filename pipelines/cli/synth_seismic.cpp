#include "pipelines/cli/synth_seismic.h"

#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "io/volume/section_sink.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/wavelet_flag.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSeedStep = 1000003;  // between the sections of one seed, so that neighbouring seeds share none

// Sections one after the other, or side by side in one.
class Volume {
 public:
  Volume(const fs::path& path, const SeismicSynthesis& job) : side_by_side_(job.side_by_side) {
    const auto extent = job.ground.extent;
    VolumeInfo info;
    info.format = "MetaImage";
    info.stored = StoredType::float32;
    info.geometry.size = {side_by_side_ ? extent.cols * job.sections : extent.cols, extent.rows, side_by_side_ ? 1 : job.sections};
    info.geometry.spacing = {1, job.sample_interval_ms, 1};
    if (side_by_side_) wide_ = Traces({extent.rows, extent.cols * job.sections});
    SinkOptions options;
    options.keeps_draft = false;
    sink_ = open_volume_sink(path, info, options);
  }

  void add(std::int64_t index, const Traces& section) {
    if (!side_by_side_) return sink_->write(index, section_of(section).view());
    for (std::int64_t row = 0; row < section.extent.rows; ++row)
      for (std::int64_t col = 0; col < section.extent.cols; ++col)
        wide_.at(row, index * section.extent.cols + col) = section.at(row, col);
  }

  void finish() {
    if (side_by_side_) sink_->write(0, section_of(wide_).view());
    sink_->finish();
  }

 private:
  bool side_by_side_;
  Traces wide_;
  std::unique_ptr<SectionSink> sink_;
};

void write_text(const fs::path& path, const std::string& content) {
  FileDraft draft(path);
  write_bytes(draft.path(), std::as_bytes(std::span(content)), path);
  draft.publish();
}

std::string lines_of(const Wavelet& wavelet) {
  std::ostringstream out;
  out.precision(9);
  out << "# " << wavelet.origin << ", " << wavelet.sample_interval_ms << " ms a sample, the middle one is time zero\n";
  for (const double sample : wavelet.samples) out << sample << "\n";
  return out.str();
}

std::string json_of(const SeismicSynthesis& job, const Wavelet& wavelet, double rms) {
  const auto& ground = job.ground;
  return nlohmann::json{{"sections", job.sections},
                        {"side_by_side", job.side_by_side},
                        {"samples", ground.extent.rows},
                        {"traces", ground.extent.cols},
                        {"sample_interval_ms", job.sample_interval_ms},
                        {"wavelet", wavelet.origin},
                        {"snr_db", job.noise.snr_db},
                        {"noise", job.noise.has_band ? "band" : "white"},
                        {"spacing", ground.spacing},
                        {"dip", ground.dip},
                        {"curvature", ground.curvature},
                        {"faults", ground.faults},
                        {"throw", ground.throw_samples},
                        {"fault_slope", ground.fault_slope},
                        {"strength", ground.strength},
                        {"strengths", name_of(ground.law)},
                        {"variation", ground.variation},
                        {"seed", job.seed},
                        {"seismic_rms", rms},
                        {"version", kVersion}}.dump(2) + "\n";
}

void prepare(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw OutputError(text(folder.string(), ": the folder cannot be made", error ? ": " + error.message() : std::string(": something else has its name")));
}

}  // namespace

void synthesise_seismic(const SeismicSynthesis& job) {
  const auto wavelet = wavelet_from(job.wavelet, job.sample_interval_ms);
  auto first = draw_section(job.ground, wavelet, job.noise, job.seed);  // refuses before anything is written
  const fs::path folder(job.folder);
  prepare(folder);
  Volume seismic(folder / "seismic.mha", job), clean(folder / "clean.mha", job), reflectivity(folder / "reflectivity.mha", job);
  double square = 0;
  for (std::int64_t i = 0; i < job.sections; ++i) {
    if (interrupt_token().stop_requested()) throw Cancelled("synth: stopped");
    const auto section = i == 0 ? std::move(first) : draw_section(job.ground, wavelet, job.noise, job.seed + kSeedStep * static_cast<std::uint64_t>(i));
    seismic.add(i, section.seismic);
    clean.add(i, section.clean);
    reflectivity.add(i, section.reflectivity);
    square += energy_of(section.seismic) / static_cast<double>(section.seismic.values.size());
  }
  for (auto* volume : {&seismic, &clean, &reflectivity}) volume->finish();
  const double rms = std::sqrt(square / static_cast<double>(job.sections));
  write_text(folder / "wavelet.txt", lines_of(wavelet));
  write_text(folder / "synth.json", json_of(job, wavelet, rms));
  std::cout << job.folder << ": " << job.sections << (job.sections == 1 ? " section of " : " sections of ") << name_of(job.ground.extent)
            << " (samples x traces), wavelet " << wavelet.origin << ", RMS " << rms << "\n";
}

}  // namespace firstframe
