#include <cctype>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/degrade.h"
#include "core/frame/normalised.h"
#include "core/registration/repeat_average.h"
#include "io/files/file_draft.h"
#include "io/picture/picture.h"
#include "io/stream/frame_source.h"
#include "io/stream/same_place.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/option_parsing.h"
#include "pipelines/cli/progress.h"
#include "pipelines/cli/slices_flag.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> places;  // the repeats, and last the output
  std::string degraded;
  std::string crop = "auto";
  std::string depth = "auto";
  std::int64_t reference = 0;
  std::optional<SliceRange> slices;
  std::optional<ValueRange> range;
  ProgressStyle progress = ProgressStyle::automatic;
  bool json = false;

  const std::string& output() const { return places.back(); }
};

void refuse_output_among(const std::string& output, const std::vector<std::string>& repeats) {
  const fs::path path(output);
  if (!is_picture_name(path))
    throw ArgumentError(text(output, ": the name of a picture was expected for the mean; use .tif (float32), .png, .jpg, "
                             ".bmp, .pgm or .ppm"));
  const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (const auto& repeat : repeats) {
    if (is_same_place(path, repeat))
      throw ArgumentError(text(output, ": is one of the repeats, which is not overwritten; choose another name"));
    if (fs::is_directory(repeat) && is_same_place(folder, repeat))
      throw ArgumentError(text(output, ": lies in the folder of the repeats, where the next run would take it for one; "
                               "choose another folder"));
  }
  const FileDraft writable(path);  // refuses a folder that cannot be written to before the work, not after
}

std::string name_of_frame(const Frame& frame, const std::string& input, bool is_only_input, FrameSource::Kind kind,
                          std::int64_t index) {
  if (kind == FrameSource::Kind::picture) return input;
  const auto name = frame.name.empty() ? text("frame ", index) : frame.name;
  return is_only_input ? name : text(input, kind == FrameSource::Kind::folder ? "/" : " ", name);
}

// The repeats, and of the reference its own pixels.
struct Repeats {
  RepeatAverage average;
  Section reference;
};

void add(Repeats& repeats, const Frame& frame, std::string name, std::int64_t reference) {
  if (repeats.average.count() == reference) repeats.reference = frame.section;
  repeats.average.add(frame.section.view(), std::move(name));
}

Repeats read_repeats(const Options& options) {
  const std::vector<std::string> inputs(options.places.begin(), options.places.end() - 1);
  if (options.slices && inputs.size() != 1)
    throw ArgumentError(text("average: --slices counts the sections of one input, ", inputs.size(), " were given"));
  const auto slices = options.slices.value_or(SliceRange{});
  Repeats repeats;
  for (const auto& input : inputs) {
    const auto source = open_frames(input, options.range);
    for (std::int64_t index = 0; index <= slices.last; ++index) {
      if (interrupt_token().stop_requested()) throw Cancelled("average: stopped");
      const auto frame = source->next();
      if (!frame && options.slices)
        throw ArgumentError(text("average: --slices goes to ", slices.last, ", ", input, " ends at ", index - 1));
      if (!frame) break;
      if (index >= slices.first)
        add(repeats, *frame, name_of_frame(*frame, input, inputs.size() == 1, source->kind(), index), options.reference);
    }
  }
  return repeats;
}

SampleType type_of_mean(const Options& options, SampleType input) {
  static const std::map<std::string, SampleType> depths{
      {"8", SampleType::uint8}, {"16", SampleType::uint16}, {"float32", SampleType::float32}};
  if (options.depth == "auto") {
    auto ending = fs::path(options.output()).extension().string();
    for (auto& letter : ending) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return ending == ".tif" || ending == ".tiff" ? SampleType::float32 : input;
  }
  return options.depth == "same" ? input : depths.at(options.depth);
}

// Normalised values as pixels of a type: in the repeats' own range when the type is theirs, else in its full range.
Section stored(const Section& normalised, SampleType type, const Section& like) {
  Section section(type, normalised.channels(), normalised.extent());
  if (type == like.type()) section.set_range(like.range());
  store_normalised(normalised.samples<float>(), normalised.extent().area(), normalised.extent().cols, section.span());
  return section;
}

bool crops(const Options& options) {
  return options.crop == "valid" || (options.crop == "auto" && !options.degraded.empty());
}

void write_cropped(const std::string& path, const Section& section, const std::optional<Region>& crop) {
  write_picture(path, crop ? Section(section.view().crop(*crop)).view() : section.view());
}

nlohmann::json json_of(const Options& options, const AveragedRepeats& result, SampleType type) {
  nlohmann::json repeats = nlohmann::json::array();
  for (const auto& one : result.repeats) {
    nlohmann::json row{{"name", one.name},
                       {"used", one.is_used},
                       {"down_pixels", one.motion.down},
                       {"across_pixels", one.motion.across},
                       {"unlikeness", one.unlikeness},
                       {"part_weakened", one.part_weakened}};
    if (!one.is_used) row["why_not"] = one.why_not;
    repeats.push_back(row);
  }
  const auto& valid = result.valid;
  return {{"output", options.output()},
          {"depth", name_of(type)},
          {"averaged", result.averaged},
          {"reference", result.repeats[static_cast<std::size_t>(options.reference)].name},
          {"valid", {{"row", valid.row}, {"col", valid.col}, {"rows", valid.rows}, {"cols", valid.cols}}},
          {"cropped", crops(options)},
          {"repeats", repeats}};
}

void print(const Options& options, const AveragedRepeats& result, SampleType type) {
  if (options.json) {
    std::cout << json_of(options, result, type).dump(2) << "\n";
    return;
  }
  std::cout << std::fixed << std::setprecision(2);
  for (const auto& one : result.repeats) {
    if (!one.is_used) {
      std::cout << one.name << ": left out, " << one.why_not << "\n";
      continue;
    }
    std::cout << one.name << ": moved by " << one.motion.down << " down, " << one.motion.across << " across";
    if (one.part_weakened > 0) std::cout << ", counts less in " << 100 * one.part_weakened << " % of its area";
    std::cout << "\n";
  }
  const auto& valid = result.valid;
  std::cout << options.output() << ": mean of " << result.averaged << " of " << result.repeats.size() << " repeats on "
            << result.repeats[static_cast<std::size_t>(options.reference)].name << ", " << name_of(type)
            << "; covered by all: rows " << valid.row << " to " << valid.row + valid.rows - 1 << ", columns " << valid.col
            << " to " << valid.col + valid.cols - 1 << (crops(options) ? ", cropped to that" : "") << "\n";
}

void run(const Options& options) {
  if (options.places.size() < 2)
    throw ArgumentError("average: needs the repeats and then the name of the mean: firstframe average REPEATS... OUT");
  const std::vector<std::string> inputs(options.places.begin(), options.places.end() - 1);
  refuse_output_among(options.output(), inputs);
  if (!options.degraded.empty()) refuse_output_among(options.degraded, inputs);
  if (!options.degraded.empty() && fs::path(options.degraded).lexically_normal() == fs::path(options.output()).lexically_normal())
    throw ArgumentError(text("average: ", options.output(), " cannot hold both the mean and its degraded half; choose two names"));

  const auto repeats = read_repeats(options);
  AveragedRepeats result;
  {
    Progress progress(options.progress);
    result = repeats.average.average({options.reference, options.degraded.empty()},
                                     [&](std::int64_t done, std::int64_t of) { progress.frames(done, of); }, interrupt_token());
  }
  if (result.uncovered > 0 && !crops(options))
    throw FormatError(text("average: ", result.uncovered, " pixels at the border are covered by the reference alone, which "
                           "is left out of the mean; use --crop valid"));
  const auto crop = crops(options) ? std::optional(result.valid) : std::nullopt;
  const auto type = type_of_mean(options, repeats.reference.type());
  const auto mean = stored(result.mean, type, repeats.reference);
  if (!options.degraded.empty()) {
    // A pair takes a float32 clean section with a degraded one of any depth, but no two integer depths.
    const bool keeps_type = type == SampleType::float32 || type == repeats.reference.type();
    write_cropped(options.degraded, keeps_type ? repeats.reference : converted(repeats.reference.view(), type), crop);
  }
  write_cropped(options.output(), mean, crop);
  print(options, result, type);
}

}  // namespace

void add_average(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("average", "Register repeats of one scene and average them: where a clean picture comes from");
  command->add_option("places", options->places,
                      "Pictures, folders or videos whose frames all repeat one scene, and last the picture to write: .tif holds "
                      "float32, other endings the repeats' own depth")
      ->required()->type_name("REPEATS... OUT");
  command->add_option("--reference", options->reference, "Which repeat the mean lies on, counted from 0")
      ->check(CLI::NonNegativeNumber)->capture_default_str()->type_name("N");
  command->add_option("--degraded", options->degraded,
                      "Also write the reference, and leave it out of the mean: the two make a training pair")
      ->type_name("FILE");
  command->add_option("--crop", options->crop,
                      "valid writes only what all repeats cover, none the whole reference; auto is valid with --degraded, else none")
      ->check(CLI::IsMember({"auto", "valid", "none"}))->capture_default_str()->type_name("NAME");
  command->add_option("--depth", options->depth,
                      "Of the mean: auto (by the ending), same as the repeats, 8, 16, or float32 (.tif), which is not rounded")
      ->check(CLI::IsMember({"auto", "same", "8", "16", "float32"}))->capture_default_str()->type_name("NAME");
  add_slices_flag(*command, options->slices);
  add_range_flag(*command, options->range);
  add_progress_flag(*command, options->progress);
  command->add_flag("--json", options->json, "Print the result as JSON");
  command->callback([options] { run(*options); });
}

}  // namespace firstframe
