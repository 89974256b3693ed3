#include "pipelines/cli/wavelet_flag.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/base/error.h"
#include "core/base/text.h"
#include "pipelines/cli/live_traces.h"

namespace firstframe {
namespace {

constexpr std::int64_t kMostSections = 32;  // that a wavelet is estimated from
constexpr double kReachMs = 120;
const std::string kEstimate = "estimate:";

Wavelet read_wavelet(const std::string& path, double sample_interval_ms) {
  std::ifstream file(path);
  if (!file) throw MissingFileError(text(path, ": there is no such file; use ricker:HZ, ormsby:F1,F2,F3,F4, estimate:SECTION or a text file of samples"));
  std::vector<double> samples;
  std::string line;
  for (std::int64_t number = 1; std::getline(file, line); ++number) {
    line = line.substr(0, line.find('#'));
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::istringstream in(line);
    double sample = 0;
    std::string more;
    if (!(in >> sample) || in >> more) throw FormatError(text(path, ": line ", number, " is '", line, "'; use one number a line"));
    samples.push_back(sample);
  }
  return wavelet_from(std::move(samples), sample_interval_ms, path);
}

}  // namespace

double sample_interval_ms_of(const SectionSource& source) {
  const auto found = source.info().metadata.find("sample_interval_us");
  return found == source.info().metadata.end() ? 0 : std::stod(found->second) / 1000;
}

Wavelet estimate_wavelet(SectionSource& source, double sample_interval_ms, std::int64_t reach) {
  const auto count = std::min(source.count(), kMostSections);
  std::vector<Traces> sections;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto read = read_traces(source, i * source.count() / count);
    if (const auto live = live_columns({&read}); !live.empty()) sections.push_back(columns_of(read.traces, live));
  }
  if (reach == 0)
    reach = std::clamp(static_cast<std::int64_t>(std::lround(kReachMs / sample_interval_ms)), std::int64_t{4},
                       std::max<std::int64_t>(4, source.extent().rows / 8));
  auto wavelet = estimate_wavelet(sections, sample_interval_ms, reach);
  wavelet.origin = kEstimate + source.path().string();
  return wavelet;
}

Wavelet wavelet_from(const std::string& given, double sample_interval_ms) {
  if (given.starts_with(kEstimate)) {
    const auto source = open_volume(given.substr(kEstimate.size()));
    if (const double own = sample_interval_ms_of(*source); own > 0 && std::abs(own - sample_interval_ms) > 1e-6 * own)
      throw ArgumentError(text("wavelet: ", source->path().string(), " is sampled every ", own, " ms, sample-interval says ", sample_interval_ms,
                               "; use --sample-interval ", own));
    return estimate_wavelet(*source, sample_interval_ms);
  }
  if (given.starts_with("ricker:") || given.starts_with("ormsby:")) return wavelet_named(given, sample_interval_ms);
  return read_wavelet(given, sample_interval_ms);
}

}  // namespace firstframe
