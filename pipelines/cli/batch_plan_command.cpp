#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/model/model_file.h"
#include "io/stream/same_place.h"
#include "pipelines/cli/batch_commands.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/option_parsing.h"
#include "pipelines/cli/seismic_warnings.h"
#include "pipelines/cli/volume_flags.h"
#include "pipelines/shards/input_work.h"
#include "pipelines/shards/make_plan.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

struct Options {
  PlanRequest request;
  std::string folder, channels = "luma";
  std::optional<ValueRange> range;
  VolumeFlags volume;
  Settings settings;
  bool orthogonalise = false;
  bool is_dry = false, replaces = false, json = false;
};

std::string bytes_name(std::int64_t bytes) {
  constexpr const char* units[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
  auto value = static_cast<double>(bytes);
  int unit = 0;
  for (; value >= 1000 && unit < 5; value /= 1000) ++unit;
  return text(unit == 0 ? value : std::round(value * 10) / 10, " ", units[unit]);
}

std::string duration(double seconds) {
  if (seconds < 1) return text(std::round(seconds * 1000), " ms");
  if (seconds < 120) return text(std::round(seconds * 10) / 10, " s");
  const auto minutes = std::llround(seconds / 60);
  if (minutes < 120) return text(minutes, " min");
  return text(minutes / 60, " h ", minutes % 60, " min");
}

void print_json(const Options& options, const Planned& planned) {
  auto outputs = nlohmann::json::array();
  for (const auto& input : planned.plan.inputs)
    outputs.push_back({{"input", input.path},
                       {"sections", input.sections},
                       {"output", (fs::path(options.folder) / input.output).string()}});
  std::cout << nlohmann::json{{"id", planned.plan.id()},
                              {"inputs", outputs},
                              {"sections", planned.sections},
                              {"shards", planned.plan.shard_count()},
                              {"input_bytes", planned.input_bytes},
                              {"result_bytes", planned.result_bytes},
                              {"seconds_to_start", planned.seconds_to_start},
                              {"seconds_per_section", planned.seconds_per_section},
                              {"remarks", planned.remarks},
                              {"notes", planned.notes},
                              {"written", !options.is_dry}}
                   .dump(2)
            << "\n";
}

void print(const Options& options, const Planned& planned) {
  if (options.json) return print_json(options, planned);
  const auto& plan = planned.plan;
  const auto shards = plan.shard_count();
  const auto first = sections_of(plan.shards.front()), last = sections_of(plan.shards.back());
  const auto start = planned.seconds_to_start, section = planned.seconds_per_section;
  std::cout << options.folder << ": " << planned.sections << " sections of " << plan.inputs.size()
            << (plan.inputs.size() == 1 ? " input, " : " inputs, ") << bytes_name(planned.input_bytes) << ", in "
            << shards << (shards == 1 ? " shard of " : " shards of ")
            << (first == last ? text(first) : text(last, " or ", first)) << " sections\n"
            << "  time    " << duration(section) << " a section and " << duration(start)
            << " to start a shard, on this machine; " << duration(start + section * static_cast<double>(first))
            << " a shard, "
            << duration(static_cast<double>(shards) * start + section * static_cast<double>(planned.sections))
            << " for all, one after the other\n"
            << "  space   " << bytes_name(planned.result_bytes)
            << " of results until they are merged, and about as much of outputs\n";
  for (const auto& note : planned.notes) std::cerr << "firstframe: note: " << note << "\n";
  if (options.is_dry) {
    std::cout << "nothing was written; leave out --dry-run to plan it\n";
    return;
  }
  std::cout << "next: firstframe batch run " << options.folder << " --shard K, K from 0 to " << shards - 1
            << " (or all, or auto under a scheduler), then firstframe batch merge " << options.folder << "\n";
}

// The plan that is there, if it can be read.
std::optional<BatchPlan> former_plan(const fs::path& folder) {
  try {
    return read_plan(folder);
  } catch (const Error&) {
    return std::nullopt;
  }
}

void run(Options options) {
  auto& request = options.request;
  if (request.shards && request.per_shard)
    throw ArgumentError("plan: --shards and --sections-per-shard say the same thing twice; give one of them");
  if (!request.ending.empty() && request.ending.front() != '.')
    throw ArgumentError(
        text("ending: '", request.ending, "' is not accepted; use an ending with its dot, such as .mha"));
  request.folder = options.folder;
  request.choices = {volume_options(options.volume, options.range), *channel_policy_named(options.channels),
                     options.settings.restore, options.orthogonalise};
  if (!request.residual_folder.empty() && is_same_place(request.residual_folder, options.folder))
    throw ArgumentError(text("residual-dir: ", request.residual_folder,
                             " is the outputs' folder, too; give the two different folders"));
  for (const auto& input : request.inputs)
    if (!is_volume_input(input, request.choices)) {
      refuse_volume_flags(options.volume, input);
      if (options.orthogonalise) refuse_orthogonalise(input);
    }

  const fs::path folder = options.folder;
  std::error_code error;
  const bool is_planned = fs::exists(plan_file(folder), error);
  const auto planned = make_plan(request, interrupt_token());
  for (const auto& input : request.inputs)
    if (!request.choices.volume.raw && is_seismic(input))
      warn_of_another_survey(input, request.choices.volume, read_model(request.model).info);
  if (!options.is_dry) {
    const auto former = is_planned ? former_plan(folder) : std::nullopt;
    if (is_planned && !options.replaces && (!former || former->id() != planned.plan.id()))
      throw ArgumentError(
          text(folder.string(),
               ": holds another batch already; choose another --output-dir, or add --replace, which keeps "
               "the results of shards that stay the same"));
    fs::create_directories(folder / "shards", error);
    if (error) throw OutputError(text(folder.string(), ": the folder cannot be made: ", error.message()));
    if (!request.residual_folder.empty()) fs::create_directories(request.residual_folder, error);
    if (error) throw OutputError(text(request.residual_folder, ": the folder cannot be made: ", error.message()));
    const bool is_same = former && former->id() == planned.plan.id();
    if (!is_same) {
      try_outputs(planned.plan, folder);
      write_plan(folder, planned.plan);
    }
  }
  for (const auto& remark : planned.remarks) std::cerr << "firstframe: warning: " << remark << "\n";
  print(options, planned);
}

}  // namespace

void add_batch_plan(CLI::App& batch) {
  auto options = std::make_shared<Options>();
  auto& request = options->request;
  auto* command =
      batch.add_subcommand("plan", "Cut volumes, SEG-Y files and folders of pictures into shards that can be restored anywhere");
  command->add_option("--model", request.model, "A model that train wrote")->required()->type_name("FILE");
  command->add_option("inputs", request.inputs, "Degraded volumes, SEG-Y files, folders of pictures or pictures")
      ->required()
      ->type_name("INPUT...");
  command
      ->add_option("--output-dir", options->folder,
                   "Folder of the batch: its plan batch.json, the shards' results, and the outputs, "
                   "which keep their inputs' names")
      ->required()
      ->type_name("FOLDER");
  command
      ->add_option("--shards", request.shards,
                   "Cut all sections into so many shards; default: shards of about five minutes, 1000 at "
                   "most")
      ->type_name("N");
  command->add_option("--sections-per-shard", request.per_shard, "Cut them into shards of so many sections")
      ->type_name("N");
  command
      ->add_option("--residual-dir", request.residual_folder,
                   "Also write what was removed, into this folder, under the same names")
      ->type_name("FOLDER");
  command
      ->add_option("--ending", request.ending,
                   "Write the outputs with this ending, such as .mha, instead of their inputs'")
      ->type_name("ENDING");
  command->add_flag(
      "--hash-inputs", options->request.hashes_inputs,
      "Also hash all bytes of the inputs, so that one that was copied or touched is known by its content");
  command->add_flag("--dry-run", options->is_dry, "Say what it would come to; write nothing");
  command->add_flag("--replace", options->replaces,
                    "Replace another plan in that folder; results of shards that stay the same are kept");
  command
      ->add_option("--channels", options->channels,
                   "Of colour pictures: luma restores the luma and carries the chroma, all restores R, G and B each")
      ->check(CLI::IsMember({"luma", "all"}))
      ->capture_default_str()
      ->type_name("NAME");
  add_range_flag(*command, options->range);
  add_volume_flags(*command, options->volume);
  add_orthogonalise_flag(*command, options->orthogonalise);
  add_setting_flags(*command, options->settings, Purpose::restore);
  command->add_flag("--json", options->json, "Print what was planned as JSON");
  command->callback([options] { run(*options); });
}

}  // namespace firstframe
