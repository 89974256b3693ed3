#include "pipelines/shards/plan_json.h"

#include <algorithm>
#include <iterator>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "core/settings/setting_table.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "pipelines/shards/content_hash.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr int kFormat = 1;

// Of the settings that decide what is restored; threads are not among them.
bool decides(const Setting& setting) { return setting.restores && setting.name != "threads"; }

constexpr std::string_view kSegySections[] = {"automatic", "inlines", "crosslines", "gathers",
                                              "everything"};  // as SegySections

template <typename T>
PlanJson json_of(const std::optional<T>& value) {
  return value ? PlanJson(*value) : PlanJson();
}

template <typename T>
std::optional<T> optional_of(const PlanJson& json) {
  return json.is_null() ? std::nullopt : std::optional<T>(json.get<T>());
}

PlanJson json_of(const SegyOptions& segy) {
  return {{"sections", std::string(kSegySections[static_cast<int>(segy.sections)])},
          {"inline_byte", segy.inline_byte},
          {"crossline_byte", segy.crossline_byte},
          {"gather_byte", segy.gather_byte},
          {"format", json_of(segy.format)},
          {"samples", json_of(segy.samples)},
          {"big_endian", json_of(segy.big_endian)}};
}

SegyOptions segy_of(const PlanJson& json) {
  const auto* named =
      std::find(std::begin(kSegySections), std::end(kSegySections), json.at("sections").get<std::string>());
  if (named == std::end(kSegySections)) throw ArgumentError("plan: a kind of sections is not known");
  return {static_cast<SegySections>(named - std::begin(kSegySections)),
          json.at("inline_byte"),
          json.at("crossline_byte"),
          json.at("gather_byte"),
          optional_of<int>(json.at("format")),
          optional_of<std::int64_t>(json.at("samples")),
          optional_of<bool>(json.at("big_endian"))};
}

InputPrint print_of(const PlanJson& json) {
  return {json.at("files"), json.at("bytes"), json.at("sample"), json.at("changed"), json.at("content")};
}

RestoreChoices choices_of(const PlanJson& json) {
  RestoreChoices choices;
  const auto axis = axis_named(json.at("axis").get<std::string>());
  const auto channels = channel_policy_named(json.at("channels").get<std::string>());
  if (!axis || !channels) throw ArgumentError("plan: an axis or a choice of channels is not known");
  choices.volume.axis = *axis;
  choices.channels = *channels;
  choices.volume.series = json.at("series");
  if (const auto& range = json.at("range"); !range.is_null())
    choices.volume.range = ValueRange{range.at(0), range.at(1)};
  if (const auto& raw = json.at("raw"); !raw.is_null()) {
    const auto stored = stored_type_named(raw.at("type").get<std::string>());
    if (!stored) throw ArgumentError("plan: a type of samples is not known");
    choices.volume.raw = RawVolume{raw.at("size"), *stored, raw.at("big_endian"), raw.at("header_bytes")};
  }
  choices.volume.segy = segy_of(json.at("segy"));
  choices.orthogonalise = json.value("orthogonalise", false);
  Settings settings;
  for (const auto& setting : setting_table())
    if (decides(setting))
      apply_setting(settings, setting, json.at("settings").at(std::string(setting.name)).get<std::string>());
  choices.settings = settings.restore;
  return choices;
}

}  // namespace

PlanJson json_of(const InputPrint& print) {
  return {{"files", print.files},
          {"bytes", print.bytes},
          {"sample", print.sample},
          {"changed", print.changed},
          {"content", print.content}};
}

PlanJson json_of(const RestoreChoices& choices) {
  Settings settings;
  settings.restore = choices.settings;
  settings.train.device = choices.settings.device;  // the table reads those that training shares from there
  settings.train.precision = choices.settings.precision;
  auto named = PlanJson::object();
  for (const auto& setting : setting_table())
    if (decides(setting)) named[std::string(setting.name)] = text_of(setting.get(settings));
  const auto& volume = choices.volume;
  PlanJson range, raw;  // null
  if (volume.range) range = PlanJson{volume.range->low, volume.range->high};
  if (volume.raw)
    raw = PlanJson{{"size", volume.raw->size},
                   {"type", name_of(volume.raw->stored)},
                   {"big_endian", volume.raw->big_endian},
                   {"header_bytes", volume.raw->header_bytes}};
  PlanJson json{{"axis", std::string(name_of(volume.axis))},
                {"series", volume.series},
                {"range", range},
                {"raw", raw},
                {"segy", json_of(volume.segy)},
                {"channels", std::string(name_of(choices.channels))},
                {"settings", named}};
  if (choices.orthogonalise) json["orthogonalise"] = true;  // plans from before it keep their hash
  return json;
}

PlanJson json_of(const BatchPlan& plan) {
  const auto choices = json_of(plan.choices);
  auto inputs = PlanJson::array(), shards = PlanJson::array();
  for (const auto& input : plan.inputs)
    inputs.push_back({{"path", input.path},
                      {"sections", input.sections},
                      {"result_bytes", input.result_bytes},
                      {"print", json_of(input.print)},
                      {"output", input.output},
                      {"residual", input.residual}});
  for (const auto& shard : plan.shards) {
    auto pieces = PlanJson::array();
    for (const auto& piece : shard)
      pieces.push_back({{"input", piece.input}, {"first", piece.first}, {"count", piece.count}});
    shards.push_back(pieces);
  }
  return {{"model", {{"path", plan.model}, {"hash", plan.model_hash}}},
          {"choices", choices},
          {"choices_hash", hash_of(choices.dump())},
          {"inputs", inputs},
          {"shards", shards}};
}

BatchPlan plan_of(const PlanJson& json) {
  BatchPlan plan;
  plan.model = json.at("model").at("path");
  plan.model_hash = json.at("model").at("hash");
  plan.choices = choices_of(json.at("choices"));
  for (const auto& input : json.at("inputs"))
    plan.inputs.push_back({input.at("path"), print_of(input.at("print")), input.at("sections"),
                           input.at("result_bytes"), input.at("output"), input.at("residual")});
  for (const auto& shard : json.at("shards")) {
    plan.shards.emplace_back();
    for (const auto& piece : shard)
      plan.shards.back().push_back({piece.at("input"), piece.at("first"), piece.at("count")});
  }
  return plan;
}

fs::path plan_file(const fs::path& folder) { return folder / "batch.json"; }

void write_plan(const fs::path& folder, const BatchPlan& plan) {
  const PlanJson json{{"firstframe_batch", kFormat}, {"id", plan.id()}, {"version", kVersion}, {"plan", json_of(plan)}};
  const auto content = json.dump(1) + "\n";
  FileDraft draft(plan_file(folder));
  write_bytes(draft.path(), std::as_bytes(std::span(content)), draft.target());
  draft.publish();
}

BatchPlan read_plan(const fs::path& folder) {
  const auto file = plan_file(folder);
  std::error_code error;
  if (!fs::exists(file, error))
    throw MissingFileError(text(folder.string(), ": holds no batch.json; `firstframe batch plan` makes one"));
  const auto bytes = read_bytes(file);
  const auto* begin = reinterpret_cast<const char*>(bytes.data());
  const auto json = PlanJson::parse(begin, begin + bytes.size(), nullptr, /*allow_exceptions=*/false);
  const auto refuse = [&](const std::string& what) {
    return FormatError(text(file.string(), ": ", what, "; plan again with --replace, finished shards are kept"));
  };
  if (json.is_discarded() || !json.is_object()) throw refuse("is cut or no JSON");
  try {
    if (json.at("firstframe_batch") != kFormat)
      throw refuse(text("is of format ", json.at("firstframe_batch").dump(), ", this Firstframe knows ", kFormat));
    const auto plan = plan_of(json.at("plan"));
    // Whatever was edited, also where our own reader would not look.
    if (hash_of(json.at("plan").dump()) != json.at("id").get<std::string>() ||
        plan.id() != json.at("id").get<std::string>())
      throw refuse("was edited or damaged: its content does not give the id that it states");
    return plan;
  } catch (const PlanJson::exception&) {
    throw refuse("was edited or damaged: an entry is missing or of another kind");
  } catch (const ArgumentError& wrong) {
    throw refuse(text("was edited or damaged: ", wrong.what()));
  }
}

}  // namespace firstframe
