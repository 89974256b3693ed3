#include "io/model/info_json.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

json or_null(const std::optional<double>& value) { return value ? json(*value) : json(nullptr); }

std::optional<double> optional_number(const json& value) {
  if (value.is_null()) return std::nullopt;
  return value.get<double>();
}

json json_of(const std::optional<TrainedRange>& trained) {
  if (!trained) return nullptr;
  return {{"type", name_of(trained->type)}, {"low", trained->range.low}, {"high", trained->range.high}, {"offset", trained->offset}};
}

std::optional<TrainedRange> trained_range_of(const json& object) {
  if (object.is_null()) return std::nullopt;
  const auto name = object.at("type").get<std::string>();
  const ValueRange range{object.at("low").get<double>(), object.at("high").get<double>()};
  for (const auto type : {SampleType::uint8, SampleType::uint16, SampleType::float32})
    if (name_of(type) == name && range.low < range.high) return TrainedRange{type, range, object.value("offset", 0.0)};
  throw FormatError(text("was trained for the range ", range.low, "..", range.high, " of the sample type \"", name,
                         "\"; uint8, uint16 and float32 and a range that rises are accepted"));
}

std::optional<IntensityDomain> intensity_of(const std::string& name) {
  const auto domain = intensity_domain_named(name);
  if (domain || name == name_of(domain)) return domain;
  throw FormatError(text("was trained for the intensity \"", name, "\", which this version does not know; linear, log and unknown are accepted"));
}

Border border_of(const std::string& name) {
  if (const auto border = border_named(name)) return *border;
  throw FormatError(text("was trained for the border \"", name,
                         "\", which this version does not know; "
                         "reflect, circular and replicate are accepted"));
}

}  // namespace

std::string json_of(const ModelInfo& info) {
  return nlohmann::ordered_json{{"format", kFormat},
                                {"restorer", info.restorer},
                                {"shape", info.shape},
                                {"channels", info.channels},
                                {"neighbours", info.neighbours},
                                {"receptive_field", info.receptive_field},
                                {"border", name_of(info.border)},
                                {"normalisation", info.normalisation},
                                {"scale", info.scale},
                                {"row_phase", info.row_phase},
                                {"col_phase", info.col_phase},
                                {"trained_range", json_of(info.trained_range)},
                                {"intensity", name_of(info.intensity)},
                                {"seed", info.seed},
                                {"steps", info.steps},
                                {"planned_steps", info.planned_steps},
                                {"train_seconds", info.train_seconds},
                                {"threads", info.threads},
                                {"augment", info.augment},
                                {"pair_hash", info.pair_hash},
                                {"settings", info.settings},
                                {"held_out_psnr", or_null(info.held_out_psnr)},
                                {"held_out_degraded_psnr", or_null(info.held_out_degraded_psnr)},
                                {"ensemble_gain", or_null(info.ensemble_gain)},
                                {"note", info.note},
                                {"versions", info.versions}}
      .dump();
}

ModelInfo info_of(const std::string& text_of_info) {
  const auto object = json::parse(text_of_info, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) throw FormatError("has a damaged description; train it again or copy it again");
  try {
    const auto format = object.at("format").get<std::int64_t>();
    if (format != kFormat)
      throw FormatError(text("is of format ", format, ", this version of Firstframe reads format ", kFormat,
                             "; update Firstframe"));
    ModelInfo info;
    object.at("restorer").get_to(info.restorer);
    object.at("shape").get_to(info.shape);
    object.at("channels").get_to(info.channels);
    info.neighbours = object.value("neighbours", info.neighbours);  // older models see one section
    object.at("receptive_field").get_to(info.receptive_field);
    info.border = border_of(object.at("border").get<std::string>());
    object.at("normalisation").get_to(info.normalisation);
    info.scale = object.value("scale", info.scale);  // models made before there was a scale have none of the three
    info.row_phase = object.value("row_phase", info.row_phase);
    info.col_phase = object.value("col_phase", info.col_phase);
    info.intensity = intensity_of(object.value("intensity", "unknown"));  // older models do not say
    info.trained_range = trained_range_of(object.value("trained_range", json()));  // older models have none
    object.at("seed").get_to(info.seed);
    object.at("steps").get_to(info.steps);
    object.at("planned_steps").get_to(info.planned_steps);
    object.at("train_seconds").get_to(info.train_seconds);
    object.at("threads").get_to(info.threads);
    object.at("augment").get_to(info.augment);
    object.at("pair_hash").get_to(info.pair_hash);
    object.at("settings").get_to(info.settings);
    info.held_out_psnr = optional_number(object.at("held_out_psnr"));
    info.held_out_degraded_psnr = optional_number(object.at("held_out_degraded_psnr"));
    if (object.contains("ensemble_gain")) info.ensemble_gain = optional_number(object.at("ensemble_gain"));
    info.note = object.value("note", "");  // models of before it existed have none
    object.at("versions").get_to(info.versions);
    return info;
  } catch (const json::exception& error) {
    throw FormatError(
        text("has a damaged description (", error.what(), "); train it again or copy it again"));
  }
}

}  // namespace firstframe
