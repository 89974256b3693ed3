#include "pipelines/cli/measure_segy.h"

#include <cmath>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/seismic/segy_source.h"

namespace firstframe {
namespace {

// Sums of squares over what was compared.
struct Energies {
  double signal = 0, noise = 0;

  double snr_db() const { return 10 * std::log10(signal / noise); }
};

double stored(const SectionSource& source, const Section& section, std::int64_t row, std::int64_t col) {
  const auto* at = section.view().at(0, row) + col * section.layout().col_stride;
  const auto offset = code_of(source.info().stored).offset;
  switch (section.type()) {
    case SampleType::uint8: return *reinterpret_cast<const std::uint8_t*>(at) - offset;
    case SampleType::uint16: return *reinterpret_cast<const std::uint16_t*>(at) - offset;
    case SampleType::float32: return *reinterpret_cast<const float*>(at);
  }
  return 0;
}

// Nothing for a section without a live trace, or whose clean counterpart is 0.
std::optional<Energies> energies_of(SeismicSource& restored, SeismicSource& clean, std::int64_t index, std::int64_t border) {
  const auto a = restored.read_traces(index), b = clean.read_traces(index);
  const auto [rows, cols] = a.section.extent();
  Energies found;
  for (auto col = border; col < cols - border; ++col) {
    const auto at = static_cast<std::size_t>(col);
    if (a.states[at] != TraceState::live || b.states[at] != TraceState::live) continue;
    for (auto row = border; row < rows - border; ++row) {
      const double truth = stored(clean, b.section, row, col), error = truth - stored(restored, a.section, row, col);
      found.signal += truth * truth;
      found.noise += error * error;
    }
  }
  if (found.signal == 0) return std::nullopt;
  return found;
}

// JSON knows no infinity: equal sections give null.
nlohmann::json finite(double value) { return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(); }

std::string decibels(double value) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(2) << value << " dB";
  return out.str();
}

}  // namespace

void measure_segy(const VolumeMeasure& job) {
  if (job.range) throw ArgumentError("range: a signal-to-noise ratio needs none; leave out --range");
  const auto options = volume_options(job.volume);
  const auto restored = open_segy(job.restored, options), clean = open_segy(job.clean, options);
  if (restored->info().geometry.size != clean->info().geometry.size)
    throw FormatError(text("measure: ", job.restored, " has ", restored->count(), " sections of ", name_of(restored->extent()), ", ",
                           job.clean, " ", clean->count(), " of ", name_of(clean->extent()), "; both must be of one size"));
  if (job.except && *job.except >= clean->count())
    throw ArgumentError(text("except: there is no section ", *job.except, "; use 0..", clean->count() - 1));
  Energies all;
  double sum_db = 0;
  std::int64_t sections = 0;
  auto rows = nlohmann::json::array();
  for (std::int64_t i = 0; i < clean->count(); ++i) {
    if (i < job.skip || i == job.except) continue;
    const auto found = energies_of(*restored, *clean, i, job.border);
    if (!found) continue;
    ++sections;
    sum_db += found->snr_db();
    all.signal += found->signal;
    all.noise += found->noise;
    const auto name = clean->segy().grid.section_name(i);
    if (job.per_frame && !job.json) std::cout << text("section ", i, ", ", name, "  SNR ", decibels(found->snr_db()), "\n");
    rows.push_back({{"section", i}, {"name", name}, {"snr_db", finite(found->snr_db())}});
  }
  if (sections == 0) throw FormatError(text("measure: ", job.clean, " has no section with live traces but those that were left out"));
  const auto mean = sum_db / static_cast<double>(sections);
  if (!job.json) {
    std::cout << text("mean of ", sections, " sections  SNR ", decibels(mean), "; all samples together ", decibels(all.snr_db()), "\n");
    return;
  }
  nlohmann::json result{{"sections", sections}, {"mean", {{"snr_db", finite(mean)}}}, {"together", {{"snr_db", finite(all.snr_db())}}}};
  if (job.per_frame) result["per_section"] = rows;
  std::cout << result.dump(2) << "\n";
}

}  // namespace firstframe
