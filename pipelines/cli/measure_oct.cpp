#include "pipelines/cli/measure_oct.h"

#include <cmath>
#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/colour/luma.h"
#include "core/metrics/matched_psnr.h"
#include "core/metrics/oct_figures.h"
#include "core/metrics/psnr.h"
#include "core/metrics/ssim.h"
#include "io/model/model_file.h"
#include "io/stream/frame_source.h"
#include "io/volume/volume_frames.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/roi_flag.h"

namespace firstframe {
namespace {

using Json = nlohmann::json;

struct Figure {
  std::string name;  // in JSON
  std::string label;
  double value;
};
using Figures = std::vector<Figure>;

Section grey_inside(const Section& section, std::int64_t border) {
  const auto extent = section.extent();
  return luma_or_grey(
      section.view().crop({border, border, extent.rows - 2 * border, extent.cols - 2 * border}));
}

Figures reference_free(const Section& restored, const OctRegions& regions, const Intensity& intensity) {
  const auto oct = oct_figures(restored.view(), regions, intensity);
  return {{"cnr", "CNR", oct.cnr},
          {"msr", "MSR", oct.msr},
          {"snr_db", "SNR dB", oct.snr_db},
          {"enl", "ENL", oct.enl},
          {"enl_background", "background ENL", oct.enl_background},
          {"speckle_contrast", "speckle contrast", oct.speckle_contrast},
          {"edge_steepness_per_pixel", "edge steepness", oct.edge_steepness}};
}

Figures against(const Section& restored, const Section& clean) {
  const auto edges = edge_preservation(restored.view(), clean.view());
  return {{"psnr_db", "PSNR dB", psnr(restored.view(), clean.view())},
          {"matched_psnr_db", "gain/offset-matched PSNR dB", matched_psnr(restored.view(), clean.view())},
          {"ssim", "SSIM", ssim(restored.view(), clean.view())},
          {"edge_preservation_index", "EPI", edges.index},
          {"edge_energy_ratio", "edge energy", edges.energy_ratio}};
}

Figures mean_of(const std::vector<Figures>& all) {
  auto mean = all.front();
  for (std::size_t i = 0; i < mean.size(); ++i) {
    mean[i].value = 0;
    for (const auto& one : all) mean[i].value += one[i].value / static_cast<double>(all.size());
  }
  return mean;
}

// JSON knows no infinity: a constant region gives null.
Json json_of(const Figures& figures) {
  Json result;
  for (const auto& figure : figures)
    result[figure.name] = std::isfinite(figure.value) ? Json(figure.value) : Json();
  return result;
}

Json json_of(const OctRegions& regions) {
  Json layers = Json::array();
  for (const auto& layer : regions.layers) layers.push_back(name_of(layer));
  return {{"background", name_of(regions.background)}, {"layers", layers}};
}

std::string regions_text(const OctRegions& regions) {
  std::string all = text("background ", name_of(regions.background));
  for (const auto& layer : regions.layers) all += text(", layer ", name_of(layer));
  return all;
}

void print_row(const std::string& name, const Figures& figures) {
  std::cout << name << ":" << std::fixed << std::setprecision(3);
  for (const auto& figure : figures) std::cout << "  " << figure.label << " " << figure.value;
  std::cout << "\n";
}

struct Measured {
  std::string name;
  Figures figures;
  OctRegions regions;
};

// Black and white of a volume are those of its type only where the type is what an instrument fills.
std::unique_ptr<FrameSource> open_b_scans(const std::string& path, const OctMeasurement& options) {
  if (!is_volume(path, options.volume)) {
    refuse_volume_flags(options.volume, path);
    return open_frames(path, options.range);
  }
  auto source = open_volume_frames(path, volume_options(options.volume, options.range));
  const auto stored = source->volume()->stored;
  if (!options.range && stored != StoredType::uint8 && stored != StoredType::uint16)
    throw FormatError(text(path, ": holds ", name_of(stored), ", which says nothing of black and white; give them with --range LOW:HIGH"));
  return source;
}

std::vector<Measured> measure_all(const OctMeasurement& options, const Intensity& intensity) {
  const auto given = oct_regions_from(options.rois);
  const auto restored_frames = open_b_scans(options.restored, options);
  const auto clean_frames = options.clean.empty() ? nullptr : open_b_scans(options.clean, options);
  std::vector<Measured> all;
  for (std::int64_t index = 0;; ++index) {
    if (interrupt_token().stop_requested()) throw Cancelled("measure: stopped");
    const auto a = restored_frames->next();
    const auto b = clean_frames ? clean_frames->next() : std::nullopt;
    if (!a && !b) {
      if (options.except >= index)
        throw ArgumentError(text("except: there is no frame ", *options.except, " in ", options.restored, "; use 0..", index - 1));
      return all;
    }
    if (clean_frames && (!a || !b))
      throw FormatError(text("measure: ", a ? options.clean : options.restored, " ends after ", index,
                             " frames, the other one goes on; both must show the same frames"));
    if (index < options.skip || index == options.except) continue;
    const auto restored = grey_inside(a->section, options.border);
    Measured one{a->name.empty() ? text("frame ", index) : a->name, {}, {}};
    if (b) {
      const auto clean = grey_inside(b->section, options.border);
      one.figures = against(restored, clean);
      one.regions = given ? *given : find_oct_regions(clean.view());
    } else {
      one.regions = given ? *given : find_oct_regions(restored.view());
    }
    const auto more = reference_free(restored, one.regions, intensity);
    one.figures.insert(one.figures.end(), more.begin(), more.end());
    all.push_back(std::move(one));
  }
}

std::string domain_text(const Intensity& intensity) {
  return intensity.domain == IntensityDomain::linear
             ? "linear"
             : text("log, ", intensity.dynamic_range_db, " dB from black to white");
}

const char* const kNormalisation =
    "values (value - black) / (white - black); CNR, MSR, SNR, EPI and edges on them as stored, ENL and "
    "speckle contrast on "
    "linear intensity";

void print_json(const OctMeasurement& options, const Intensity& intensity, const std::vector<Measured>& all,
                const Figures& mean) {
  Json result{{"frames", all.size()},
              {"domain", std::string(name_of(intensity.domain))},
              {"regions_found", options.rois.empty()},
              {"normalisation", kNormalisation},
              {"mean", json_of(mean)}};
  if (intensity.domain == IntensityDomain::log) result["dynamic_range_db"] = intensity.dynamic_range_db;
  if (!options.rois.empty() || all.size() == 1) result["regions"] = json_of(all.front().regions);
  for (const auto& one : all) {
    if (!options.per_frame && (!options.rois.empty() || all.size() == 1)) break;
    Json row{{"name", one.name}, {"regions", json_of(one.regions)}};
    if (options.per_frame) row.update(json_of(one.figures));
    result["per_frame"].push_back(row);
  }
  std::cout << result.dump(2) << "\n";
}

void print_text(const OctMeasurement& options, const Intensity& intensity, const std::vector<Measured>& all,
                const Figures& mean) {
  if (options.per_frame)
    for (const auto& one : all) print_row(one.name, one.figures);
  print_row(all.size() == 1 ? options.restored : text("mean of ", all.size(), " frames"), mean);
  const auto how = options.rois.empty()
                       ? (options.clean.empty() ? "found in the picture" : "found in the clean picture")
                       : "given";
  if (!options.rois.empty() || all.size() == 1)
    std::cout << "regions, " << how << ": " << regions_text(all.front().regions) << "\n";
  else
    for (const auto& one : all)
      std::cout << "regions of " << one.name << ", " << how << ": " << regions_text(one.regions) << "\n";
  std::cout << "intensity: " << domain_text(intensity) << "; " << kNormalisation << "\n";
}

// What was said here, else what was said when the model was trained, else what displayed B-scans are.
IntensityDomain domain_of(const OctMeasurement& options) {
  const auto trained = options.model.empty() ? std::nullopt : read_model(options.model).info.intensity;
  const auto said = intensity_domain_named(options.domain);
  if (said && trained && said != trained)
    throw ArgumentError(text("measure: --domain is ", name_of(said), ", ", options.model, " was trained on ", name_of(trained),
                             " intensity; leave out one of the two"));
  return said ? *said : trained.value_or(IntensityDomain::log);
}

}  // namespace

void add_oct_flags(CLI::App& command, OctMeasurement& measurement) {
  add_roi_flag(command, measurement.rois);
  command
      .add_option(
          "--domain", measurement.domain,
          "With --oct, what values stand for: log (decibels, as displayed B-scans) or linear intensity; without it what the model of "
          "--model was told, or log")
      ->check(CLI::IsMember({"linear", "log"}))
      ->type_name("NAME");
  command
      .add_option("--model", measurement.model, "With --oct, the model that restored them, which may know what values stand for (train --intensity)")
      ->type_name("FILE");
  command
      .add_option("--dynamic-range-db", measurement.dynamic_range_db,
                  "With --oct and log values, decibels between black and white (default 40)")
      ->check(CLI::Range(1.0, 200.0))
      ->type_name("DB");
}

bool has_oct_flags(const OctMeasurement& measurement) {
  return !measurement.rois.empty() || !measurement.domain.empty() || !measurement.model.empty() || measurement.dynamic_range_db > 0;
}

void measure_oct(const OctMeasurement& options) {
  Intensity intensity;
  intensity.domain = domain_of(options);
  if (options.dynamic_range_db > 0 && intensity.domain == IntensityDomain::linear)
    throw ArgumentError("measure: --dynamic-range-db belongs to --domain log; linear values have none");
  if (options.dynamic_range_db > 0) intensity.dynamic_range_db = options.dynamic_range_db;
  const auto all = measure_all(options, intensity);
  if (all.empty())
    throw FormatError(text("measure: no frames were left to measure after skipping ", options.skip));
  std::vector<Figures> figures;
  for (const auto& one : all) figures.push_back(one.figures);
  const auto mean = mean_of(figures);
  if (options.json)
    print_json(options, intensity, all, mean);
  else
    print_text(options, intensity, all, mean);
}

}  // namespace firstframe
