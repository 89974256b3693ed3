#include "pipelines/shards/make_plan.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/model/model_file.h"
#include "pipelines/shards/content_hash.h"
#include "pipelines/shards/input_work.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr double kShardSeconds = 300;       // worth a start, and soon done again
constexpr std::int64_t kMostShards = 1000;  // Slurm's MaxArraySize is 1001 unless its administrator says otherwise

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Since this process was started: what its libraries took to load is a part of what every shard pays.
double process_seconds() {
  std::ifstream file("/proc/self/stat");
  const std::string stat(std::istreambuf_iterator<char>(file), {});
  std::istringstream fields(stat.substr(std::min(stat.rfind(')') + 2, stat.size())));  // the name may hold blanks
  std::string field;
  for (int number = 3; number <= 22; ++number) fields >> field;
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  const auto begun = std::strtod(field.c_str(), nullptr) / static_cast<double>(sysconf(_SC_CLK_TCK));
  return std::max(0.0, static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) - begun);
}

std::string canonical(const std::string& path) {
  std::error_code error;
  const auto place = fs::canonical(path, error).string();
  if (error) throw MissingFileError(text(path, ": cannot be opened: ", error.message()));
  try {
    nlohmann::json(place).dump();
  } catch (const nlohmann::json::exception&) {
    throw ArgumentError(text(place, ": the name is not UTF-8, in which a plan keeps it; rename it or link to it"));
  }
  return place;
}

std::string output_name(const fs::path& input, const PlanRequest& request) {
  const auto name = input.filename();
  if (request.ending.empty()) return name.string();
  if (fs::is_directory(input)) {
    if (is_volume_input(input.string(), request.choices)) return name.string() + request.ending;  // DICOM slices
    throw ArgumentError(text(input.string(), ": pictures of a folder keep their endings; leave out --ending, or plan the "
                             "folder as a batch of its own"));
  }
  auto stem = name.string();
  if (stem.ends_with(".nii.gz")) stem.resize(stem.size() - 3);
  return fs::path(stem).replace_extension(request.ending).string();
}

void refuse_one_name(const std::vector<PlannedInput>& inputs) {
  std::map<std::string, std::string> taken;
  for (const auto& input : inputs) {
    const auto [other, is_new] = taken.emplace(input.output, input.path);
    if (!is_new)
      throw ArgumentError(text(other->second, " and ", input.path, " would both be written as ", input.output,
                               "; plan them in folders of their own"));
  }
}

std::string under(const std::string& folder, const std::string& name) {
  if (folder.empty()) return "";
  return (fs::absolute(folder) / name).lexically_normal().string();
}

std::int64_t shards_of(const PlanRequest& request, const Planned& planned) {
  const auto total = planned.sections;
  if (request.shards) {
    if (*request.shards < 1 || *request.shards > total)
      throw ArgumentError(
          text("shards: ", *request.shards, " is not accepted; there are ", total, " sections, use 1..", total));
    return *request.shards;
  }
  if (request.per_shard) {
    if (*request.per_shard < 1)
      throw ArgumentError(text("sections-per-shard: ", *request.per_shard, " is not accepted; use 1 or more"));
    return (total + *request.per_shard - 1) / *request.per_shard;
  }
  const auto seconds = static_cast<double>(total) * planned.seconds_per_section;
  return std::clamp<std::int64_t>(std::llround(seconds / kShardSeconds), 1, std::min(total, kMostShards));
}

void add_notes(const PlanRequest& request, Planned& planned, std::int64_t read_whole) {
  auto& notes = planned.notes;
  const auto shards = planned.plan.shard_count();
  if (shards > kMostShards)
    notes.push_back(
        text(shards, " shards: Slurm takes arrays of 1000 tasks unless MaxArraySize in slurm.conf allows more"));
  if (read_whole > 0 && shards > 1)
    notes.push_back(
        text(read_whole,
             " of the inputs are compressed or read through a library: every shard reads the whole file; take few "
             "shards, or write them as uncompressed .mha or .nrrd first"));
  const auto seconds =
      planned.seconds_per_section * static_cast<double>(planned.sections) / static_cast<double>(shards);
  if (shards > 1 && seconds < 10 * planned.seconds_to_start)
    notes.push_back(text("a shard works for about ", std::ceil(seconds), " s and takes ",
                         std::ceil(10 * planned.seconds_to_start) / 10, " s to start; fewer shards waste less"));
  if (request.choices.settings.device == Device::automatic)
    notes.push_back(
        "device auto: every machine takes its GPU where it has one, and a GPU rounds otherwise than a processor; "
        "--device "
        "cpu or cuda makes machines alike");
  std::error_code error;
  auto place = fs::absolute(request.folder);
  while (!fs::exists(place, error) && place.has_relative_path()) place = place.parent_path();
  const auto space = fs::space(place, error);
  const auto needed = 2 * planned.result_bytes;  // the shards' results, and the outputs beside them
  if (!error && static_cast<std::int64_t>(space.available) < needed)
    notes.push_back(text(place.string(), " has ", space.available / 1000000,
                         " MB left; results and outputs take about ", needed / 1000000,
                         " MB until the results are removed"));
}

}  // namespace

Planned make_plan(const PlanRequest& request, std::stop_token stop) {
  Planned planned;
  auto& plan = planned.plan;
  plan.model = canonical(request.model);
  plan.model_hash = hash_of_file(plan.model);
  plan.choices = request.choices;
  const auto& settings = request.choices.settings;
  const auto restorer = make_restorer(read_model(plan.model), settings.device, settings.precision);
  planned.seconds_to_start = process_seconds();

  std::int64_t read_whole = 0;
  for (const auto& given : request.inputs) {
    if (stop.stop_requested()) throw Cancelled("plan: stopped");
    PlannedInput input;
    input.path = canonical(given);
    input.output = output_name(input.path, request);
    input.residual = under(request.residual_folder, input.output);
    const auto work = open_input(restorer->info(),
                                 {input.path, (request.folder / input.output).string(), input.residual, plan.choices});
    input.sections = work->count();
    input.print = print_of_input(work->files(), request.hashes_inputs);

    const auto middle = input.sections / 2;
    const auto begin = Clock::now();
    const auto degraded = work->read(middle);
    if (plan.inputs.empty()) {
      for (const auto& section : work->restored(*restorer, middle, degraded))
        input.result_bytes += static_cast<std::int64_t>(section.size_in_bytes());
      planned.seconds_per_section = seconds_since(begin);
    } else {
      const auto scale = restorer->info().scale;
      const auto samples = static_cast<std::int64_t>(degraded.size_in_bytes()) * scale * scale;
      const auto residual = degraded.extent().area() * degraded.channels() * scale * scale * 4;
      input.result_bytes = samples + (input.residual.empty() ? 0 : residual);
    }
    for (const auto& remark : work->remarks()) planned.remarks.push_back(text(given, ": ", remark));
    input.result_bytes *= input.sections;
    if (work->is_read_whole()) ++read_whole;
    planned.sections += input.sections;
    planned.input_bytes += input.print.bytes;
    planned.result_bytes += input.result_bytes;
    plan.inputs.push_back(input);
  }
  refuse_one_name(plan.inputs);
  plan.shards = cut_into_shards(plan.inputs, shards_of(request, planned));
  add_notes(request, planned, read_whole);
  return planned;
}

void try_outputs(const BatchPlan& plan, const fs::path& folder) {
  const auto model = read_model(plan.model).info;
  for (const auto& input : plan.inputs) {
    const auto residual = input.residual.empty() ? "" : (folder / input.residual).string();
    // Closed at once, which deletes what was begun.
    open_input(model, {input.path, (folder / input.output).string(), residual, plan.choices})
        ->open_output("", /*resume=*/false);
  }
}

}  // namespace firstframe
