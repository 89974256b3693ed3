#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/colour/luma.h"
#include "core/seismic/varied_pair.h"
#include "core/training/held_out_psnr.h"
#include "core/training/trainer.h"
#include "io/files/file_draft.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "io/stream/frame_source.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/inspect_pair.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/option_parsing.h"
#include "pipelines/cli/progress.h"
#include "pipelines/cli/seismic_pair.h"
#include "pipelines/cli/volume_pair.h"

namespace firstframe {
namespace {

constexpr std::int64_t kMostVariations = 10'000;

struct Options {
  std::string degraded, clean, model;
  std::string channels = "luma";
  std::optional<ValueRange> range;
  std::optional<std::int64_t> slice;
  std::int64_t neighbours = 0;
  double agc_ms = 0;
  std::int64_t variations = 0;
  VolumeFlags volume;
  Settings settings;
  ProgressStyle progress = ProgressStyle::automatic;
  bool json = false;
};

// A picture, or a frame of a folder or video.
Section frame_at(const std::string& path, std::int64_t index, std::optional<ValueRange> range) {
  const auto source = open_frames(path, range);
  for (std::int64_t passed = 0;; ++passed) {
    auto frame = source->next();
    if (!frame && passed == 0) throw FormatError(text(path, ": holds no frame"));
    if (!frame) throw ArgumentError(text("slice: ", path, " has no frame ", index, "; use 0..", passed - 1));
    if (passed == index) return std::move(frame->section);
  }
}

Section as_trained(Section section, const std::string& channels) {
  return channels == "luma" ? luma_or_grey(section.view()) : section;
}

TrainingPair pair_of(const Options& options) {
  if (is_volume(options.degraded, options.volume)) {
    if (!options.slice)
      throw ArgumentError(text("slice: ", options.degraded, " is a volume; say with --slice N which of its sections is annotated, "
                               "counted from 0"));
    return annotated_section(options.degraded, options.clean, *options.slice, options.neighbours, options.volume, options.range,
                             options.variations > 0);
  }
  refuse_volume_flags(options.volume, options.degraded);
  if (options.variations > 0)
    throw ArgumentError(text("variations: ", options.degraded, " is no volume and no SEG-Y; seismic sections are varied, not pictures"));
  if (options.neighbours > 0)
    throw ArgumentError(text("neighbours: ", options.degraded, " is no volume; a model with neighbours restores sections of volumes"));
  return {as_trained(frame_at(options.degraded, options.slice.value_or(0), options.range), options.channels),
          as_trained(read_picture(options.clean), options.channels), 0};
}

// What is trained on, and what a model of seismic sections keeps of it.
struct Annotated {
  TrainingPair pair;
  std::optional<SeismicTraining> seismic;
};

Annotated annotated(const Options& options) {
  if (options.variations > 0 && options.agc_ms > 0)
    throw ArgumentError("variations: the noise of a section under automatic gain control is not that of a variation; leave out --agc or --variations");
  if (is_seismic(options.degraded) && options.volume.raw_size.empty()) {
    auto line = annotated_line(options.degraded, options.clean, options.slice, options.neighbours, options.volume, options.range,
                               options.agc_ms, options.variations > 0);
    return {std::move(line.pair), line.training};
  }
  if (options.agc_ms > 0)
    throw ArgumentError(text("agc: ", options.degraded, " is no SEG-Y and no SU; leave out --agc"));
  return {pair_of(options), std::nullopt};
}

void print(const Options& options, const ModelInfo& info) {
  if (options.json) {
    nlohmann::json result{{"model", options.model},
                          {"restorer", info.restorer},
                          {"border", name_of(info.border)},
                          {"scale", info.scale},
                          {"row_phase", info.row_phase},
                          {"col_phase", info.col_phase},
                          {"steps", info.steps},
                          {"planned_steps", info.planned_steps},
                          {"train_seconds", info.train_seconds}};
    if (!info.note.empty()) result["note"] = info.note;
    if (info.held_out_psnr) result["held_out_psnr_db"] = *info.held_out_psnr;
    if (info.held_out_degraded_psnr) result["held_out_degraded_psnr_db"] = *info.held_out_degraded_psnr;
    std::cout << result.dump(2) << "\n";
    return;
  }
  std::cout << std::fixed;
  std::cout.precision(1);
  std::cout << options.model << ": " << info.restorer << ", border " << name_of(info.border) << ", ";
  if (info.scale > 1)
    std::cout << "scale " << info.scale << " (phase " << info.row_phase << ", " << info.col_phase << "), ";
  if (info.steps > 0) std::cout << info.steps << " steps, ";
  std::cout << info.train_seconds << " s";
  std::cout.precision(2);
  if (info.held_out_psnr)
    std::cout << "; on the part of the pair kept out of training " << *info.held_out_degraded_psnr << " -> "
              << *info.held_out_psnr << " dB";
  std::cout << "\n";
}

void run(const Options& options) {
  const FileDraft probe(options.model);  // a place that cannot be written is said before training, not after
  auto [pair, seismic] = annotated(options);
  check_pair(pair);
  warn_of_two_scenes(pair_correlation(pair));
  if (options.variations > 0) pair = varied_pair(pair, options.variations);
  std::shared_ptr<const Restorer> restorer;
  {
    Progress progress(options.progress);
    restorer = train(pair, options.settings.train,
                     [&](const TrainingProgress& now) { progress.training(now); }, interrupt_token());
  }
  auto model = restorer->model();
  if (seismic) note_seismic_training(model.info, *seismic);
  if (options.variations > 0) model.info.settings += text(" variations=", options.variations);
  write_model(options.model, model);
  print(options, restorer->info());
  if (const auto& note = restorer->info().note; !note.empty())
    std::cerr << "firstframe: warning: training stopped early: " << note << "\n";
  if (const auto complaint = held_out_complaint(restorer->info()); !complaint.empty()) std::cerr << "firstframe: warning: " << complaint << "\n";
}

}  // namespace

void add_train(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("train", "Train a restorer on one degraded and clean pair");
  command->add_option("--degraded", options->degraded, "Degraded picture; of a folder or video the first frame, of a volume or SEG-Y file the section that --slice names")
      ->required()->type_name("FILE");
  command->add_option("--clean", options->clean, "The same picture, clean; 2 to 4 times larger trains super-resolution")->required()->type_name("FILE");
  command->add_option("--slice", options->slice, "Which section of a volume or SEG-Y file, or frame of a folder or video, is annotated; counted from 0")
      ->check(CLI::NonNegativeNumber)->type_name("N");
  command->add_option("--neighbours", options->neighbours,
                      "Of a volume: average so many sections on each side into every section, registered, before it is restored; "
                      "restore does so by itself with such a model")
      ->check(CLI::Range(std::int64_t{0}, kMostNeighbours / 2))->capture_default_str()->type_name("K");
  command->add_option("--agc", options->agc_ms,
                      "Of SEG-Y: train under automatic gain control with a window of so many ms; restore then applies it and takes it "
                      "away again. Leave it out where relative amplitudes matter")
      ->check(CLI::PositiveNumber)->type_name("MS");
  command->add_option("--variations", options->variations,
                      "Of seismic sections, in SEG-Y or a volume whose rows are time: train on so many variations of the annotated section (bent, "
                      "stretched, inverted, under fresh noise like its own) instead of on itself, such as 150; 0 for not. Sets --augment none")
      ->check(CLI::Range(std::int64_t{0}, kMostVariations))->capture_default_str()->type_name("K");
  command->add_option("--model", options->model, "Where the trained model goes, .safetensors")->required()->type_name("FILE");
  command->add_option("--channels", options->channels,
                      "Of colour pairs: luma trains on the luma, rgb trains one model on R, G and B together")
      ->check(CLI::IsMember({"luma", "rgb"}))->capture_default_str()->type_name("NAME");
  add_range_flag(*command, options->range);
  add_volume_flags(*command, options->volume);
  add_setting_flags(*command, options->settings, Purpose::train);
  add_progress_flag(*command, options->progress);
  command->add_flag("--json", options->json, "Print the result as JSON");
  command->callback([options, command] {
    if (options->variations > 0 && command->count("--augment") == 0) options->settings.train.augment = Augment::none;
    run(*options);
  });
}

}  // namespace firstframe
