// Sparse deconvolution: trained on synthetic sections whose reflectivity is known, used where it is not.

#include <algorithm>
#include <memory>

#include "core/base/text.h"
#include "core/seismic/synthetic_section.h"
#include "core/tiling/restore_tiled.h"
#include "pipelines/reproduce/seismic_data.h"
#include "pipelines/reproduce/seismic_tasks.h"
#include "pipelines/seismic/section_panels.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTrainingSections = 24, kTestSections = 8;
constexpr std::uint64_t kTrainingSeed = 11, kTestSeed = 500'000;  // sections have seeds of their own from here on
constexpr double kSnr = 20, kFullScale = 5;  // dB; root mean squares that stand for white

ReflectivitySettings training_ground(double spacing) {
  ReflectivitySettings ground;
  ground.spacing = spacing;
  return ground;
}

ReflectivitySettings test_ground(double spacing) {
  auto ground = training_ground(spacing);
  ground.faults = 3;
  return ground;
}

Traces side_by_side(const std::vector<SyntheticSection>& sections, Traces SyntheticSection::*member) {
  const auto extent = (sections.front().*member).extent;
  Traces wide({extent.rows, extent.cols * static_cast<std::int64_t>(sections.size())});
  for (std::size_t i = 0; i < sections.size(); ++i)
    for (std::int64_t row = 0; row < extent.rows; ++row)
      for (std::int64_t col = 0; col < extent.cols; ++col)
        wide.at(row, static_cast<std::int64_t>(i) * extent.cols + col) = (sections[i].*member).at(row, col);
  return wide;
}

std::vector<SyntheticSection> drawn(const ReflectivitySettings& ground, const Wavelet& wavelet, std::uint64_t first_seed, std::int64_t count) {
  std::vector<SyntheticSection> sections;
  for (std::int64_t i = 0; i < count; ++i)
    sections.push_back(draw_section(ground, wavelet, {.snr_db = kSnr, .has_band = false}, first_seed + static_cast<std::uint64_t>(i)));
  return sections;
}

// A deconvolution for one wavelet.
struct Deconvolution {
  std::shared_ptr<const Restorer> restorer;

  Traces run(const Traces& seismic, std::stop_token stop) const {
    // The section's own scale, and back: reflection coefficients in units of its amplitudes.
    return traces_of(restore(*restorer, ranged({seismic}, kFullScale * rms_of(seismic)).front().view(), {}, stop).view());
  }
};

Deconvolution trained(Lab& lab, const Wavelet& wavelet, double spacing, const TrainSettings& settings) {
  const auto count = lab.options().quick ? 2 : kTrainingSections;
  const auto sections = drawn(training_ground(spacing), wavelet, kTrainingSeed, count);
  const auto seismic = side_by_side(sections, &SyntheticSection::seismic), reflectivity = side_by_side(sections, &SyntheticSection::reflectivity);
  const double full = kFullScale * rms_of(seismic);
  return {lab.train({ranged({seismic}, full).front(), ranged({reflectivity}, full).front(), 0, 0, /*is_seismic=*/true}, settings)};
}

ReportRow scored(Lab& lab, const Deconvolution& deconvolution, const std::vector<SyntheticSection>& tests, const TrainSettings& settings,
                 const std::string& table, const std::string& label) {
  auto row = trained_row(*deconvolution.restorer, settings, text(kTrainingSections, " synthetic sections side by side"));
  row.table = table;
  row.label = label;
  double least = 1;
  for (const auto& test : tests) {
    const double correlation = correlation_of(deconvolution.run(test.seismic, lab.options().stop), test.reflectivity);
    row.figures["correlation"] += correlation / static_cast<double>(tests.size());
    least = std::min(least, correlation);
  }
  row.figures["least correlation"] = least;
  return row;
}

TrainSettings as_it_is(const std::string& restorer, std::int64_t steps) {
  TrainSettings settings;
  settings.restorer = restorer;
  settings.steps = steps;
  settings.augment = Augment::none;
  return settings;
}

void draw_test(Lab& lab, const std::string& picture, const Deconvolution& deconvolution, const SyntheticSection& test) {
  const double clip = 3 * rms_of(test.seismic);
  draw_panels((lab.options().out / "images" / picture).string(),
              {section_panel("Synthetic seismic, 20 dB", test.seismic, clip), section_panel("True reflectivity", test.reflectivity, clip),
               section_panel("Found reflectivity", deconvolution.run(test.seismic, lab.options().stop), clip)},
              {1500, 700});
}

// A field line has no truth; its reflectivity convolved with the wavelet again must give the section back.
ReportRow field_row(Lab& lab) {
  const auto line = read_line(lab.options().data, "penobscot_xl1155.sgy", false);
  const auto& section = line.sections.front();
  const auto wavelet = estimate_wavelet(section, line.sample_interval_ms, 30);
  constexpr double spacing = 8;
  const auto settings = as_it_is("residual", 2500);
  const auto deconvolution = trained(lab, wavelet, spacing, settings);
  const auto tests = drawn(test_ground(spacing), wavelet, kTestSeed, lab.options().quick ? 1 : kTestSections);
  auto row = scored(lab, deconvolution, tests, settings, "Sparse deconvolution, wavelet estimated from penobscot", "residual");
  const auto found = deconvolution.run(section, lab.options().stop);
  row.figures["field: correlation of found reflectivity * wavelet with the section"] = correlation_of(convolved(found, wavelet), section);
  row.note = "figures but the last are of unseen synthetic sections with that wavelet, a reflector every 8 samples";
  row.picture = "seismic_penobscot_reflectivity.png";
  const auto part = [](const Traces& whole) {  // where single reflectors can be told apart by eye
    Traces part({std::min<std::int64_t>(300, whole.extent.rows), std::min<std::int64_t>(250, whole.extent.cols)});
    const auto first = std::min<std::int64_t>(500, whole.extent.rows - part.extent.rows);
    for (std::int64_t r = 0; r < part.extent.rows; ++r)
      for (std::int64_t c = 0; c < part.extent.cols; ++c) part.at(r, c) = whole.at(first + r, c);
    return part;
  };
  const double clip = 3 * rms_of(section);
  draw_panels((lab.options().out / "images" / row.picture).string(),
              {section_panel("Penobscot crossline 1155, samples 500 to 800", part(section), clip),
               section_panel("Found reflectivity", part(found), clip), section_panel("Whole section", section, clip),
               section_panel("Found reflectivity", found, clip)},
              {1200, 1200});
  return row;
}

}  // namespace

std::vector<ReportRow> deconvolution_rows(Lab& lab) {
  const auto wavelet = ricker(25, 4);
  constexpr double spacing = 14;
  const auto tests = drawn(test_ground(spacing), wavelet, kTestSeed, lab.options().quick ? 1 : kTestSections);
  const std::string table = "Sparse deconvolution, Ricker 25 Hz at 4 ms, 20 dB";
  std::vector<ReportRow> rows;
  for (const auto& [restorer, steps] : {std::pair{"linear", 0}, std::pair{"rnn", 500}, std::pair{"residual", 4000}}) {
    const auto settings = as_it_is(restorer, steps);
    const auto deconvolution = trained(lab, wavelet, spacing, settings);
    rows.push_back(scored(lab, deconvolution, tests, settings, table, restorer));
    if (rows.back().label != "residual") continue;
    rows.back().picture = "seismic_deconvolution.png";
    draw_test(lab, rows.back().picture, deconvolution, tests.front());
  }
  rows.push_back(field_row(lab));
  return rows;
}

}  // namespace firstframe
