#include <chrono>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_print.h"
#include "io/model/model_file.h"
#include "io/stream/frame_sink.h"
#include "io/stream/frame_source.h"
#include "io/stream/same_place.h"
#include "pipelines/cli/classical_flags.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/option_parsing.h"
#include "pipelines/cli/progress.h"
#include "pipelines/sections/frame_work.h"
#include "pipelines/cli/seismic_warnings.h"
#include "pipelines/cli/su_stream.h"
#include "pipelines/sections/restore_volume.h"
#include "pipelines/cli/volume_flags.h"

namespace firstframe {
namespace {

struct Options {
  std::string model, input, output, residual;
  ClassicalFlags classical;
  std::string channels = "luma";
  std::optional<ValueRange> range;
  VolumeFlags volume;
  bool resume = false, orthogonalise = false;
  Settings settings;
  ProgressStyle progress = ProgressStyle::automatic;
  bool json = false;
  bool is_quiet = false;  // standard output carries traces
};

void print(const Options& options, std::int64_t frames, double seconds) {
  if (options.json) {
    std::cout << nlohmann::json{{"output", options.output}, {"frames", frames}, {"seconds", seconds}}.dump(2) << "\n";
    return;
  }
  std::cout << std::fixed;
  std::cout.precision(1);
  std::cout << options.output << ": " << frames << (frames == 1 ? " frame" : " frames") << " in " << seconds << " s, "
            << static_cast<double>(frames) / seconds << " frames/s\n";
}

std::shared_ptr<const Restorer> restorer_for(const Options& options) {
  const auto& settings = options.settings.restore;
  if (options.model.empty() == options.classical.restorer.empty())
    throw ArgumentError("restore: needs either --model FILE or --restorer NAME");
  if (options.model.empty()) return make_classical(options.classical, settings, interrupt_token());
  if (const auto flag = first_given(options.classical); !flag.empty())
    throw ArgumentError(text("restore: ", flag, " belongs to --restorer; a trained model brings its own"));
  return make_restorer(read_model(options.model), settings.device, settings.precision);
}

// What decides a restored section beside the input and the settings.
std::string restorer_id(const Options& options, const ModelInfo& info) {
  if (!options.model.empty()) return text("model ", content_print(options.model));
  return text(print_of(options.classical), " border=", name_of(info.border));
}

void print(const Options& options, const VolumeRestored& result, double seconds) {
  if (result.clipped > 0)
    std::cerr << "firstframe: warning: " << result.clipped
              << " restored samples were beyond what the output can store and were limited to it\n";
  if (options.is_quiet) return;
  if (options.json) {
    std::cout << nlohmann::json{{"output", options.output}, {"sections", result.sections}, {"count", result.count},
                                {"clipped_samples", result.clipped}, {"seconds", seconds}}.dump(2) << "\n";
    return;
  }
  std::cout << std::fixed;
  std::cout.precision(1);
  std::cout << options.output << ": " << result.sections << " sections";
  if (result.sections < result.count) std::cout << " of " << result.count << ", the others were there";
  std::cout << ", in " << seconds << " s, " << static_cast<double>(result.sections) / seconds << " sections/s\n";
}

void run_volume(const Options& options, const Restorer& restorer) {
  if (is_seismic(options.input) && options.volume.raw_size.empty())
    warn_of_another_survey(options.input, volume_options(options.volume, options.range), restorer.info());
  const auto start = std::chrono::steady_clock::now();
  const VolumeRestore job{.input = options.input,
                          .output = options.output,
                          .residual = options.residual,
                          .restorer_id = restorer_id(options, restorer.info()),
                          .volume = volume_options(options.volume, options.range),
                          .settings = options.settings.restore,
                          .resume = options.resume,
                          .orthogonalise = options.orthogonalise};
  VolumeRestored result;
  {
    Progress progress(options.progress);
    result = restore_volume(
        restorer, job, [&](std::int64_t done, std::int64_t count) { progress.frames(done, count); }, interrupt_token());
  }
  for (const auto& remark : result.remarks) std::cerr << "firstframe: warning: " << options.input << ": " << remark << "\n";
  print(options, result, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

// SU traces through a filter: what comes in is put into a file first, since it is read more than once.
void run_standard_streams(Options options) {
  if (options.resume) throw ArgumentError("resume: standard input is read once and cannot be gone on with; leave out --resume");
  const SuStream stream;
  if (options.input == "-") options.input = stream.take_input();
  const bool is_piped = options.output == "-";
  if (is_piped) options.output = stream.output();
  if (is_piped) options.is_quiet = true;
  run_volume(options, *restorer_for(options));
  if (is_piped) stream.give_output();
}

void run(const Options& options) {
  if (options.input == "-" || options.output == "-") return run_standard_streams(options);
  const auto restorer = restorer_for(options);
  if (!options.residual.empty() && is_same_place(options.residual, options.output))
    throw ArgumentError(text("residual: ", options.residual, " is the output, too; give the two different names"));
  if (is_volume(options.input, options.volume)) return run_volume(options, *restorer);
  refuse_volume_flags(options.volume, options.input);
  if (options.orthogonalise) refuse_orthogonalise(options.input);
  if (options.resume)
    throw ArgumentError(text("resume: ", options.input, " is no volume; a folder of pictures keeps what is restored and is "
                             "simply restored again"));
  const auto source = open_frames(options.input, options.range);
  const auto sink = open_sink(options.output, *source);
  const auto residual_sink = options.residual.empty() ? nullptr : open_sink(options.residual, *source);

  const FrameRestore job{options.input, options.range, *channel_policy_named(options.channels), options.settings.restore};
  const auto start = std::chrono::steady_clock::now();
  std::int64_t frames = 0;
  {
    Progress progress(options.progress);
    while (auto frame = source->next()) {
      if (interrupt_token().stop_requested()) throw Cancelled("restore: stopped");
      const Frame restored{restored_frame(*restorer, frame->section, job, interrupt_token()), frame->name};
      if (residual_sink)
        residual_sink->write({removed_from_frame(restorer->info(), frame->section, restored.section), frame->name});
      frame.reset();  // a large picture takes as much again to be encoded
      sink->write(restored);
      progress.frames(++frames, source->count());
    }
  }
  if (frames == 0) throw FormatError(text(options.input, ": holds no frame"));
  sink->finish();
  if (residual_sink) residual_sink->finish();
  print(options, frames, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

}  // namespace

void add_restore(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("restore", "Restore a picture, a folder of pictures, a video or a volume with a trained model, or without");
  command->add_option("--model", options->model, "A model that train wrote")->type_name("FILE");
  command->add_option("input", options->input, "Degraded picture, folder, video, volume or SEG-Y file; - reads SU traces from standard input")->required()->type_name("INPUT");
  command->add_option("output", options->output, "Restored picture, folder, video (.mkv lossless, .avi, .mp4) volume (.mha, .nrrd, .nii, .tif, .raw) or SEG-Y; - writes SU traces to standard output")
      ->required()->type_name("OUTPUT");
  command->add_option("--residual", options->residual,
                      "Also write what was removed: degraded - restored, around mid-grey for integer pictures; "
                      "of super-resolution the upsampled frame - restored; of volumes the plain difference in float32")
      ->type_name("OUTPUT");
  command->add_option("--channels", options->channels,
                      "Of colour pictures: luma restores the luma and carries the chroma, all restores R, G and B each")
      ->check(CLI::IsMember({"luma", "all"}))->capture_default_str()->type_name("NAME");
  add_classical_flags(*command, options->classical);
  add_range_flag(*command, options->range);
  add_volume_flags(*command, options->volume);
  command->add_flag("--resume", options->resume, "Go on where a stopped run of the same command left a volume");
  add_orthogonalise_flag(*command, options->orthogonalise);
  add_setting_flags(*command, options->settings, Purpose::restore);
  add_progress_flag(*command, options->progress);
  command->add_flag("--json", options->json, "Print the result as JSON");
  command->callback([options] { run(*options); });
}

}  // namespace firstframe
