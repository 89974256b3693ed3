#include <iostream>
#include <map>
#include <memory>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/degrade.h"
#include "core/frame/normalised.h"
#include "io/stream/frame_sink.h"
#include "io/stream/frame_source.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/option_parsing.h"
#include "pipelines/cli/progress.h"

namespace firstframe {
namespace {

struct Options {
  std::string input, output;
  std::string border = "reflect";
  std::string noise_kind = "gaussian";
  std::string depth = "same";
  std::int64_t frames = 0;
  std::optional<ValueRange> range;
  Degradation degradation;
  ProgressStyle progress = ProgressStyle::automatic;
};

SampleType depth_of(const std::string& name, SampleType input) {
  static const std::map<std::string, SampleType> depths{
      {"8", SampleType::uint8}, {"16", SampleType::uint16}, {"float32", SampleType::float32}};
  return name == "same" ? input : depths.at(name);
}

// At the same depth black and white stay what they were.
Section as_stored(const Section& degraded, const std::string& depth, const Section& input) {
  if (depth != "same") return converted(degraded.view(), depth_of(depth, input.type()));
  Section section(input.type(), degraded.channels(), degraded.extent());
  section.set_range(input.range());
  store_normalised(degraded.samples<float>(), degraded.extent().area(), degraded.extent().cols, section.span());
  return section;
}

void run(const Options& options) {
  auto degradation = options.degradation;
  degradation.border = *border_named(options.border);
  degradation.noise_kind = *noise_kind_named(options.noise_kind);
  const auto source = open_frames(options.input, options.range);
  if (source->volume() && (options.depth != "same" || options.frames > 0 || degradation.downscale > 1))
    throw ArgumentError(text("degrade: a volume keeps its depth and its size; leave out --depth, --frames and --downscale"));
  const auto sink = open_sink(options.output, *source);
  std::int64_t frames = 0;
  {
    Progress progress(options.progress);
    while (options.frames == 0 || frames < options.frames) {
      const auto frame = source->next();
      if (!frame) break;
      if (interrupt_token().stop_requested()) throw Cancelled("degrade: stopped");
      degradation.seed = options.degradation.seed + static_cast<std::uint64_t>(frames);  // fresh noise on every frame
      const auto degraded = degrade(frame->section.view(), degradation);
      sink->write({as_stored(degraded, options.depth, frame->section), frame->name});
      progress.frames(++frames, source->count());
    }
  }
  sink->finish();
  std::cout << options.output << ": " << frames << (frames == 1 ? " frame" : " frames") << "\n";
}

}  // namespace

void add_degrade(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto& degradation = options->degradation;
  auto* command = app.add_subcommand("degrade", "Blur, downscale and add noise, to try a restorer on known ground");
  command->add_option("input", options->input, "Clean picture, folder, video or volume")->required()->type_name("INPUT");
  command->add_option("output", options->output, "Where the degraded one goes")->required()->type_name("OUTPUT");
  command->add_option("--blur-sigma", degradation.blur_sigma, "Gaussian blur, standard deviation; 0 leaves it sharp")
      ->check(CLI::Range(0.0, 100.0))->type_name("PIXELS");
  command->add_option("--blur-size", degradation.blur_size, "Side of the blur's kernel, odd")
      ->check(CLI::Range(1, 255))->capture_default_str()->type_name("PIXELS");
  command->add_option("--border", options->border, "What the blur meets beyond the edge: reflect, circular, replicate")
      ->check(CLI::IsMember({"reflect", "circular", "replicate"}))->capture_default_str()->type_name("NAME");
  command->add_option("--downscale", degradation.downscale, "Keep every n-th row and column after the blur")
      ->check(CLI::Range(1, 16))->capture_default_str()->type_name("N");
  command->add_option("--phase", degradation.phase, "First row and column that downscale keeps")
      ->check(CLI::Range(0, 15))->capture_default_str()->type_name("PIXELS");
  command->add_option("--noise-sigma", degradation.noise_sigma,
                      "Noise on every channel, standard deviation at mid grey in 8-bit units (255 is the whole range)")
      ->check(CLI::Range(0.0, 1000.0))->type_name("SIGMA");
  command->add_option("--noise-kind", options->noise_kind,
                      "gaussian (equally strong everywhere), poisson (photons: its variance grows with brightness), "
                      "speckle (its standard deviation does)")
      ->check(CLI::IsMember({"gaussian", "poisson", "speckle"}))->capture_default_str()->type_name("NAME");
  command->add_option("--seed", degradation.seed, "Start of the noise; frame n of a stream gets seed + n")
      ->capture_default_str()->type_name("N");
  command->add_option("--depth", options->depth,
                      "same as the input, 8, 16, or float32 (.tif), which rounds and clamps nothing")
      ->check(CLI::IsMember({"same", "8", "16", "float32"}))->capture_default_str()->type_name("NAME");
  command->add_option("--frames", options->frames, "Stop after this many frames; 0 takes all")
      ->check(CLI::NonNegativeNumber)->capture_default_str()->type_name("N");
  add_range_flag(*command, options->range);
  add_progress_flag(*command, options->progress);
  command->callback([options] { run(*options); });
}

}  // namespace firstframe
