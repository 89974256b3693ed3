#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipelines/reproduce/scoring.h"

namespace firstframe {

/// One restorer on one set of pictures, as it came out.
struct ReportRow {
  std::string task;        // that made it; a task may make several rows
  std::string machine;     // it was measured on
  std::string commit;      // of the source it was measured with; "" when not known
  std::string table;       // it stands in: "Set11"
  std::string label;       // of its line, the same for every seed: "residual, 60 s"
  std::string series;      // of its curve; "" for none
  std::optional<double> x; // of its point on the curve
  std::string trained_on;  // picture; "" for what was not trained
  std::string settings;    // that differ from the defaults, or that were chosen on the training picture
  std::string note;
  std::string picture;     // its file in images/; "" for none
  std::int64_t seed = 0;   // 0 for what is not random
  std::int64_t steps = 0;
  double train_seconds = 0;
  double restore_ms = 0;            // mean of a picture
  std::optional<double> paper_db;   // what the paper reports
  std::vector<PictureScore> scores;
  std::map<std::string, double> figures;  // other measurements, by name and unit
};

/// What an experiment found: rows, and what must be known to repeat them.
struct Report {
  std::string name;         // of its files: "table1"
  std::string title, text;  // text: Markdown
  std::string x_label;      // of the curves; "" for none
  bool x_is_log = false;
  bool is_sweep = false;    // lines of the summary are the values of x, columns the series
  std::string command;
  double seconds_scale = 1;
  bool quick = false;
  std::vector<ReportRow> rows;
};

std::string json_of(const Report& report);

/// The rows of what json_of wrote.
/// \throws FormatError with `where` in front when it is not of that kind, of another experiment or made with another
///         `seconds_scale` or `quick` than `report`, whose rows would not be comparable
std::vector<ReportRow> rows_of(const std::string& json, const Report& report, const std::string& where);

/// Tables of means (with the standard deviation over seeds), of every picture, and how each row was made.
std::string markdown_of(const Report& report);

/// Whether there is a curve to draw.
bool has_plot(const Report& report);

/// Curves of the mean PSNR and, of sweeps, of the worst gain of any picture. \throws as draw_plots
void draw_report(const Report& report, const std::filesystem::path& png);

/// Makes FOLDER/images. \throws OutputError when that cannot be done
void prepare_folder(const std::filesystem::path& folder);

/// Writes FOLDER/NAME.md, NAME.json and, where there are curves, images/NAME.png, each beside and renamed.
/// \throws OutputError when the folder, which prepare_folder made, cannot be written
void write_report(const Report& report, const std::filesystem::path& folder);

}  // namespace firstframe
