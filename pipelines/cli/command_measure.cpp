#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/colour/luma.h"
#include "core/metrics/psnr.h"
#include "core/metrics/ssim.h"
#include "io/stream/frame_source.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/measure_oct.h"
#include "pipelines/cli/measure_segy.h"
#include "pipelines/cli/measure_seismic.h"
#include "pipelines/cli/measure_volume.h"
#include "pipelines/cli/option_parsing.h"

namespace firstframe {
namespace {

struct Options {
  std::string restored, clean, truth;
  std::int64_t skip = 0;
  std::int64_t border = 0;
  bool common = false;
  bool per_frame = false;
  bool json = false;
  bool oct = false;
  OctMeasurement of_oct;
  bool seismic = false;
  SeismicMeasurement of_seismic;
  VolumeFlags volume;
  std::optional<ValueRange> range;
  std::optional<std::int64_t> except;
};

struct Figures {
  PicturePsnr psnr;
  double ssim = 0;
};

SectionView inside(const SectionView& section, std::int64_t border) {
  return section.crop({border, border, section.layout.extent.rows - 2 * border, section.layout.extent.cols - 2 * border});
}

// The part from the first pixel on that another section has, too.
SectionView shared_with(const SectionView& section, Extent other) {
  const auto extent = section.layout.extent;
  return section.crop({0, 0, std::min(extent.rows, other.rows), std::min(extent.cols, other.cols)});
}

Figures measure(const Section& restored, const Section& clean, const Options& options) {
  const auto a = inside(options.common ? shared_with(restored.view(), clean.extent()) : restored.view(), options.border);
  const auto b = inside(options.common ? shared_with(clean.view(), restored.extent()) : clean.view(), options.border);
  Figures figures;
  // A grey frame stored as colour, or the other way round, is compared by its luma.
  if (a.layout.channels == b.layout.channels)
    figures.psnr = picture_psnr(a, b);
  else
    figures.psnr = picture_psnr(luma_or_grey(a).view(), luma_or_grey(b).view());
  figures.ssim = ssim(luma_or_grey(a).view(), luma_or_grey(b).view());
  return figures;
}

Figures mean_of(const std::vector<Figures>& all) {
  Figures mean;
  const auto n = static_cast<double>(all.size());
  for (const auto& one : all) {
    mean.psnr.rgb += one.psnr.rgb / n;
    mean.psnr.luma_full += one.psnr.luma_full / n;
    mean.psnr.luma_studio += one.psnr.luma_studio / n;
    mean.ssim += one.ssim / n;
  }
  return mean;
}

// JSON knows no infinity: equal frames give null.
nlohmann::json json_of(const Figures& figures) {
  const auto finite = [](double value) { return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(); };
  return {{"psnr_rgb_db", finite(figures.psnr.rgb)},
          {"psnr_luma_full_db", finite(figures.psnr.luma_full)},
          {"psnr_luma_studio_db", finite(figures.psnr.luma_studio)},
          {"ssim_luma", figures.ssim}};
}

void print_row(const std::string& name, const Figures& figures) {
  std::cout << std::fixed;
  std::cout.precision(2);
  std::cout << name << "  PSNR RGB " << figures.psnr.rgb << " dB, full-range Y " << figures.psnr.luma_full
            << " dB, studio Y " << figures.psnr.luma_studio << " dB, SSIM ";
  std::cout.precision(4);
  std::cout << figures.ssim << "\n";
}

void run_oct(const Options& options) {
  if (options.common) throw ArgumentError("measure: --common compares frames of two sizes, --oct does not; give one of them");
  auto measurement = options.of_oct;
  measurement.restored = options.restored;
  measurement.clean = options.clean;
  measurement.volume = options.volume;
  measurement.range = options.range;
  measurement.except = options.except;
  measurement.skip = options.skip;
  measurement.border = options.border;
  measurement.per_frame = options.per_frame;
  measurement.json = options.json;
  measure_oct(measurement);
}

void run_seismic(const Options& options) {
  if (options.oct) throw ArgumentError("measure: --oct and --seismic look for different things; give one of them");
  if (options.clean.empty())
    throw ArgumentError("measure: DEGRADED is missing; --seismic compares RESTORED with DEGRADED, and with CLEAN where there is one");
  if (options.common || options.border > 0)
    throw ArgumentError("measure: --common and --crop have no meaning for --seismic, which measures whole sections of one size; leave them out");
  if (options.range && options.of_seismic.wedge.empty())
    throw ArgumentError("measure: --range has a meaning for --seismic with --wedge MODEL only, since figures are in the file's units; leave it out");
  auto measurement = options.of_seismic;
  measurement.range = options.range;
  measurement.restored = options.restored;
  measurement.degraded = options.clean;
  measurement.clean = options.truth;
  measurement.volume = options.volume;
  measurement.except = options.except;
  measurement.skip = options.skip;
  measurement.per_frame = options.per_frame;
  measurement.json = options.json;
  measure_seismic(measurement);
}

void run(const Options& options) {
  if (options.seismic) return run_seismic(options);
  if (has_seismic_flags(options.of_seismic))
    throw ArgumentError("measure: --gate, --similarity-samples, --similarity-traces, --plots, --blend, --wedge and --sample-interval belong to --seismic; add it");
  if (!options.truth.empty()) throw ArgumentError(text("measure: ", options.truth, " is a third input; only --seismic takes three"));
  if (options.oct) return run_oct(options);
  if (has_oct_flags(options.of_oct))
    throw ArgumentError("measure: --roi, --domain, --model and --dynamic-range-db belong to --oct; add it");
  if (options.clean.empty()) throw ArgumentError("measure: CLEAN is missing; only --oct measures without it");
  if (is_volume(options.restored, options.volume)) {
    if (options.common) throw ArgumentError(text("common: ", options.restored, " is a volume, which is compared with one of its size; "
                                                 "leave out --common"));
    if (options.volume.raw_size.empty() && is_seismic(options.restored) && is_seismic(options.clean))
      return measure_segy({options.restored, options.clean, options.volume, options.range, options.except, options.skip,
                           options.border, options.per_frame, options.json});
    return measure_volume({options.restored, options.clean, options.volume, options.range, options.except, options.skip, options.border,
                           options.per_frame, options.json});
  }
  refuse_volume_flags(options.volume, options.restored);
  const auto restored = open_frames(options.restored, options.range);
  const auto clean = open_frames(options.clean, options.range);
  std::vector<Figures> all;
  auto rows = nlohmann::json::array();
  for (std::int64_t index = 0;; ++index) {
    const auto a = restored->next();
    const auto b = clean->next();
    if (!a && !b) {
      if (options.except >= index)
        throw ArgumentError(text("except: there is no frame ", *options.except, " in ", options.restored, "; use 0..", index - 1));
      break;
    }
    if (!a || !b)
      throw FormatError(text("measure: ", a ? options.clean : options.restored, " ends after ", index,
                             " frames, the other one goes on; both must show the same frames"));
    if (index < options.skip || index == options.except) continue;
    all.push_back(measure(a->section, b->section, options));
    const auto name = a->name.empty() ? text("frame ", index) : a->name;
    if (options.per_frame && !options.json) print_row(name, all.back());
    auto row = json_of(all.back());
    row["name"] = name;
    rows.push_back(std::move(row));
  }
  if (all.empty()) throw FormatError(text("measure: no frames were left to compare after skipping ", options.skip, options.except ? " and the one of --except" : ""));
  const auto mean = mean_of(all);
  if (options.json) {
    nlohmann::json result{{"frames", all.size()}, {"mean", json_of(mean)}};
    if (options.per_frame) result["per_frame"] = rows;
    std::cout << result.dump(2) << "\n";
    return;
  }
  print_row(all.size() == 1 ? options.restored : text("mean of ", all.size(), " frames"), mean);
}

}  // namespace

void add_measure(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("measure", "Compare restored frames or sections with clean ones: PSNR and SSIM; of OCT also CNR, ENL, edges; of SEG-Y the SNR");
  command->add_option("restored", options->restored, "Picture, folder, video or volume")->required()->type_name("RESTORED");
  command->add_option("clean", options->clean, "The same, clean; --oct also measures without; with --seismic the degraded one")->type_name("CLEAN");
  command->add_option("truth", options->truth, "With --seismic: the clean one, where it is known")->type_name("TRUTH");
  command->add_option("--skip", options->skip, "Leave out the first frames, those that were trained on")
      ->check(CLI::NonNegativeNumber)->type_name("N");
  command->add_option("--crop", options->border, "Leave out this many pixels at every edge")
      ->check(CLI::NonNegativeNumber)->type_name("PIXELS");
  command->add_flag("--common", options->common,
                    "Of frames of two sizes compare what both have from the first pixel on, after super-resolution of a size "
                    "that the scale does not divide");
  add_volume_flags(*command, options->volume);
  add_range_flag(*command, options->range);
  command->add_option("--except", options->except, "Leave out this frame or section, the annotated one; counted from 0")
      ->check(CLI::NonNegativeNumber)->type_name("N");
  command->add_flag("--per-frame", options->per_frame, "A line for every frame as well");
  command->add_flag("--oct", options->oct, "B-scans: also matched PSNR, CNR, MSR, SNR, ENL, speckle contrast and how edges were kept");
  add_oct_flags(*command, options->of_oct);
  command->add_flag("--seismic", options->seismic,
                    "RESTORED and DEGRADED, and TRUTH where it is known: residual, local similarity, spectra, SNR");
  add_seismic_flags(*command, options->of_seismic);
  command->add_flag("--json", options->json, "Print the result as JSON");
  command->callback([options] { run(*options); });
}

}  // namespace firstframe
