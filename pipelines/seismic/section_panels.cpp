#include "pipelines/seismic/section_panels.h"

#include <algorithm>
#include <cmath>

#include "core/seismic/spectra.h"

namespace firstframe {
namespace {

constexpr std::int64_t kMostCells = 420;  // a side
constexpr double kClip = 3;               // root mean squares
constexpr double kFkFloor = -40;          // dB below the largest

// Of a block the value furthest from zero, so that thin events stay.
HeatMap reduced(const std::string& title, const std::vector<double>& values, std::int64_t rows, std::int64_t cols, double full) {
  const auto block = [](std::int64_t side) { return (side + kMostCells - 1) / kMostCells; };
  const auto down = block(rows), across = block(cols);
  HeatMap map{title, (rows + down - 1) / down, (cols + across - 1) / across, {}, full};
  map.values.assign(static_cast<std::size_t>(map.rows * map.cols), 0.0);
  for (std::int64_t row = 0; row < rows; ++row)
    for (std::int64_t col = 0; col < cols; ++col) {
      auto& cell = map.values[static_cast<std::size_t>(row / down * map.cols + col / across)];
      const double value = values[static_cast<std::size_t>(row * cols + col)];
      if (std::abs(value) > std::abs(cell)) cell = value;
    }
  return map;
}

Series spectrum_of(const std::string& label, const Traces& section, double sample_interval_ms) {
  Series series{.label = label, .x = {}, .y = {}};
  const auto amplitudes = amplitude_spectrum(section);
  const double highest = sample_interval_ms > 0 ? 500 / sample_interval_ms : 0.5;
  for (std::size_t i = 0; i < amplitudes.size(); ++i) {
    series.x.push_back(highest * static_cast<double>(i) / static_cast<double>(amplitudes.size() - 1));
    series.y.push_back(amplitudes[i]);
  }
  return series;
}

// dB above the floor under the `largest`, so that white is what nothing is left of.
Panel fk_panel(const std::string& title, const Traces& section, double largest) {
  const auto fk = fk_spectrum(section);
  std::vector<double> db(fk.values.size());
  for (std::size_t i = 0; i < db.size(); ++i)
    db[i] = std::max(0.0, 20 * std::log10(std::max(fk.values[i], 1e-300) / largest) - kFkFloor);
  return reduced(title, db, fk.frequencies, fk.wavenumbers, -kFkFloor);
}

}  // namespace

Panel section_panel(const std::string& title, const Traces& section, double clip) {
  return reduced(title, section.values, section.extent.rows, section.extent.cols, clip);
}

std::vector<Panel> panels_of(const MeasuredSection& measured, double sample_interval_ms) {
  const double clip = kClip * measured.figures.degraded_rms;
  std::vector<Panel> panels{section_panel("Degraded", measured.degraded, clip), section_panel("Restored", measured.restored, clip),
                            section_panel("Residual, same clip", measured.residual, clip)};
  if (measured.clean) panels.push_back(section_panel("Clean", *measured.clean, clip));
  panels.push_back(section_panel("Local similarity of restored and residual", measured.similarity, 1));
  panels.push_back(Plot{.title = "Amplitude spectra",
                        .x_label = sample_interval_ms > 0 ? "frequency (Hz)" : "frequency (cycles per sample)",
                        .y_label = "amplitude",
                        .series = {spectrum_of("degraded", measured.degraded, sample_interval_ms),
                                   spectrum_of("restored", measured.restored, sample_interval_ms),
                                   spectrum_of("residual", measured.residual, sample_interval_ms)}});
  const auto before = fk_spectrum(measured.degraded);
  const double largest = std::max(*std::max_element(before.values.begin(), before.values.end()), 1e-300);
  panels.push_back(fk_panel("f-k before: frequency down, wavenumber across, dB", measured.degraded, largest));
  panels.push_back(fk_panel("f-k after", measured.restored, largest));
  panels.push_back(fk_panel("f-k of the residual", measured.residual, largest));
  return panels;
}

}  // namespace firstframe
