#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "pipelines/reproduce/report.h"

namespace firstframe {
namespace {

using nlohmann::json;

// JSON knows no infinity: equal pictures give null.
json number(double value) { return std::isfinite(value) ? json(value) : json(); }
json number(const std::optional<double>& value) { return value ? number(*value) : json(); }

double number_of(const json& value) {
  return value.is_null() ? std::numeric_limits<double>::infinity() : value.get<double>();
}

std::optional<double> optional_of(const json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

json json_of(const PictureScore& score) {
  json result{{"picture", score.picture},
              {"input_psnr_luma_full_db", number(score.input_db)},
              {"psnr_luma_full_db", number(score.full_db)},
              {"psnr_luma_studio_db", number(score.studio_db)},
              {"ssim_luma", score.ssim}};
  if (score.matched_db) result["psnr_matched_db"] = number(*score.matched_db);
  return result;
}

PictureScore score_of(const json& from) {
  return {from.at("picture"), number_of(from.at("input_psnr_luma_full_db")), number_of(from.at("psnr_luma_full_db")),
          number_of(from.at("psnr_luma_studio_db")), from.at("ssim_luma"),
          from.contains("psnr_matched_db") ? std::optional(number_of(from.at("psnr_matched_db"))) : std::nullopt};
}

json json_of(const ReportRow& row) {
  auto scores = json::array();
  for (const auto& score : row.scores) scores.push_back(json_of(score));
  json result{{"task", row.task},         {"table", row.table},
              {"machine", row.machine},   {"commit", row.commit},
              {"label", row.label},       {"series", row.series},
              {"x", number(row.x)},       {"trained_on", row.trained_on},
              {"settings", row.settings}, {"note", row.note},
              {"picture", row.picture},
              {"seed", row.seed},         {"steps", row.steps},
              {"train_seconds", row.train_seconds},
              {"restore_ms", row.restore_ms},
              {"paper_psnr_db", number(row.paper_db)},
              {"figures", row.figures},   {"pictures", scores}};
  if (row.scores.empty()) return result;
  result["mean"] = {{"psnr_luma_full_db", number(mean_full_db(row.scores))},
                    {"psnr_luma_studio_db", number(mean_studio_db(row.scores))},
                    {"ssim_luma", number(mean_ssim(row.scores))},
                    {"gain_db", number(mean_gain_db(row.scores))},
                    {"worst_gain_db", number(worst_gain_db(row.scores))}};
  if (row.scores.front().matched_db) result["mean"]["psnr_matched_db"] = number(mean_matched_db(row.scores));
  return result;
}

ReportRow row_of(const json& from) {
  ReportRow row;
  row.task = from.at("task");
  row.machine = from.at("machine");
  row.commit = from.at("commit");
  row.table = from.at("table");
  row.label = from.at("label");
  row.series = from.at("series");
  row.x = optional_of(from.at("x"));
  row.trained_on = from.at("trained_on");
  row.settings = from.at("settings");
  row.note = from.at("note");
  row.picture = from.at("picture");
  row.seed = from.at("seed");
  row.steps = from.at("steps");
  row.train_seconds = from.at("train_seconds");
  row.restore_ms = from.at("restore_ms");
  row.paper_db = optional_of(from.at("paper_psnr_db"));
  row.figures = from.at("figures").get<std::map<std::string, double>>();
  for (const auto& score : from.at("pictures")) row.scores.push_back(score_of(score));
  return row;
}

}  // namespace

std::string json_of(const Report& report) {
  auto rows = json::array();
  for (const auto& row : report.rows) rows.push_back(json_of(row));
  return json{{"experiment", report.name}, {"title", report.title},     {"command", report.command},
              {"seconds_scale", report.seconds_scale},                  {"quick", report.quick},
              {"x_label", report.x_label}, {"rows", rows}}
             .dump(1) +
         "\n";
}

std::vector<ReportRow> rows_of(const std::string& text_of_file, const Report& report, const std::string& where) {
  try {
    const auto all = json::parse(text_of_file);
    if (all.at("experiment") != report.name)
      throw FormatError(text(where, ": holds experiment ", all.at("experiment").dump(), ", not ", report.name,
                             "; use another --out"));
    if (all.at("quick") != report.quick || all.at("seconds_scale") != report.seconds_scale)
      throw FormatError(text(where, ": was made with --seconds-scale ", all.at("seconds_scale").dump(),
                             all.at("quick").get<bool>() ? " --quick" : "",
                             "; resume with the same, or start afresh without --resume"));
    std::vector<ReportRow> rows;
    for (const auto& row : all.at("rows")) rows.push_back(row_of(row));
    return rows;
  } catch (const json::exception& error) {
    throw FormatError(text(where, ": is no report to resume (", error.what(), "); start afresh without --resume"));
  }
}

}  // namespace firstframe
