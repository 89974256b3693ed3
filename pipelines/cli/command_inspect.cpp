#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/normalised.h"
#include "io/model/model_file.h"
#include "io/stream/frame_source.h"
#include "io/volume/trained_code.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/inspect_pair.h"
#include "pipelines/cli/inspect_segy.h"
#include "pipelines/cli/inspect_volume.h"
#include "pipelines/cli/volume_flags.h"

namespace firstframe {
namespace {

using Json = nlohmann::ordered_json;

Json describe_model(const std::string& path) {
  const Model model = read_model(path);
  const auto& info = model.info;
  std::size_t weights = 0;
  for (const auto& weight : model.weights) weights += weight.values.size();
  Json json{{"kind", "model"},
            {"restorer", info.restorer},
            {"shape", info.shape},
            {"weights", weights},
            {"channels", info.channels},
            {"receptive_field_pixels", info.receptive_field},
            {"border", name_of(info.border)},
            {"normalisation", info.normalisation},
            {"intensity", name_of(info.intensity)},
            {"scale", info.scale},
            {"row_phase", info.row_phase},
            {"col_phase", info.col_phase},
            {"augment", info.augment},
            {"train_seconds", info.train_seconds},
            {"steps", info.steps},
            {"planned_steps", info.planned_steps},
            {"seed", info.seed},
            {"threads", info.threads},
            {"pair", info.pair_hash},
            {"settings", info.settings},
            {"versions", info.versions}};
  if (const auto& trained = info.trained_range)
    json["trained_range"] = {{"type", trained_type(*trained)}, {"low", stored_range(*trained).low}, {"high", stored_range(*trained).high}};
  if (!info.note.empty()) json["note"] = info.note;
  if (info.held_out_degraded_psnr) json["held_out_degraded_psnr_db"] = *info.held_out_degraded_psnr;
  if (info.held_out_psnr) json["held_out_psnr_db"] = *info.held_out_psnr;
  if (info.ensemble_gain) json["ensemble_gain_db"] = *info.ensemble_gain;
  return json;
}

Json describe_frames(const std::string& path) {
  static const char* const kinds[] = {"picture", "folder", "video", "volume"};
  const auto source = open_frames(path);
  const auto frame = source->next();
  if (!frame) throw FormatError(text(path, ": holds no frame"));
  const auto& section = frame->section;
  std::vector<float> values(static_cast<std::size_t>(section.channels() * section.extent().area()));
  load_normalised(section.view(), {0, 0, section.extent().rows, section.extent().cols}, Border::replicate, values.data());
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const auto value = [&](float normalised) { return section.range().low + normalised * section.range().span(); };
  Json json{{"kind", kinds[static_cast<int>(source->kind())]},
            {"rows", section.extent().rows},
            {"columns", section.extent().cols},
            {"channels", section.channels()},
            {"type", name_of(section.type())},
            {"lowest_value", value(*low)},
            {"highest_value", value(*high)}};
  if (const auto count = source->count()) json["frames"] = *count;
  if (source->rate() > 0) json["frames_per_second"] = source->rate();
  return json;
}

void print(const std::string& path, const Json& json, bool as_json) {
  if (as_json) {
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return;
  }
  std::cout << path << "\n";
  for (const auto& [key, value] : json.items()) {
    if (value.is_array() && !value.empty() && value.front().is_string()) {  // a line each
      std::cout << "  " << key << "\n";
      for (const auto& line : value) std::cout << "    " << line.get<std::string>() << "\n";
      continue;
    }
    std::cout << "  " << std::string(key).append(28 - std::min<std::size_t>(27, key.size()), ' ')
              << (value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace)) << "\n";
  }
}

}  // namespace

void add_inspect(CLI::App& app) {
  struct Options {
    std::string file;
    PairInspection pair;
    VolumeFlags volume;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("inspect", "Say what is in a model, a picture, a folder, a video, a volume or a SEG-Y file, or how a pair was degraded");
  auto* file = command->add_option("file", options->file, "What to look at")->type_name("FILE");
  auto* degraded = command->add_option("--degraded", options->pair.degraded, "A degraded picture; of a folder or video the first frame")
                       ->type_name("FILE");
  auto* clean = command->add_option("--clean", options->pair.clean, "Its clean counterpart, as large or 2, 3 or 4 times as large")
                    ->type_name("FILE");
  degraded->needs(clean)->excludes(file);
  clean->needs(degraded);
  command->add_option("--plot", options->pair.plot, "Draw what was found about the pair into this PNG file")
      ->needs(degraded)->type_name("FILE.png");
  command->add_flag("--json", options->json, "Print the result as JSON");
  add_volume_flags(*command, options->volume);
  command->callback([options] {
    if (!options->pair.degraded.empty()) {
      refuse_volume_flags(options->volume, options->pair.degraded);
      options->pair.as_json = options->json;
      return inspect_pair(options->pair);
    }
    if (options->file.empty())
      throw ArgumentError("inspect: nothing to look at; name a file, or a pair with --degraded and --clean");
    const bool is_model = options->file.ends_with(".safetensors");
    if (is_model || !is_volume(options->file, options->volume)) refuse_volume_flags(options->volume, options->file);
    print(options->file,
          is_model                                     ? describe_model(options->file)
          : options->volume.raw_size.empty() && is_seismic(options->file)
              ? describe_segy(options->file, volume_options(options->volume).segy)
          : is_volume(options->file, options->volume) ? describe_volume(options->file, volume_options(options->volume))
                                                       : describe_frames(options->file),
          options->json);
  });
}

}  // namespace firstframe
