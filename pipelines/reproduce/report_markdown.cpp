#include <algorithm>
#include <cmath>
#include <iomanip>
#include <set>
#include <sstream>

#include "core/base/text.h"
#include "pipelines/reproduce/report.h"
#include "pipelines/reproduce/report_lines.h"

namespace firstframe {
namespace {

using Cells = std::vector<std::string>;

std::string fixed(double value, int digits) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return "inf";
  std::ostringstream out;
  out << std::fixed << std::setprecision(digits) << value;
  return out.str();
}

std::string signed_db(double value) { return text(value >= 0 ? "+" : "", fixed(value, 2)); }

void print(std::ostream& out, const Cells& cells) {
  for (const auto& cell : cells) out << "| " << cell << ' ';
  out << "|\n";
}

void print_head(std::ostream& out, const Cells& cells) {
  print(out, cells);
  for (std::size_t i = 0; i < cells.size(); ++i) out << "|---";
  out << "|\n";
}

std::string name_of(const Report& report, const ReportLine& line) {
  const auto& row = line.first();
  return report.is_sweep && row.x ? text(row.label, " at ", *row.x) : row.label;
}

template <typename Member>
std::string mean_of(const ReportLine& line, const Member& member, int digits) {
  return fixed(line.mean(member), digits);
}

std::string psnr_with_spread(const ReportLine& line) {
  return fixed(line.full_db(), 2) + (line.rows.size() > 1 ? " ± " + fixed(line.spread_db(), 2) : "");
}

std::string matched_with_spread(const ReportLine& line) {
  return fixed(line.matched_db(), 2) + (line.rows.size() > 1 ? " ± " + fixed(line.matched_spread_db(), 2) : "");
}

// A cell only where something was trained.
std::string when_trained(const ReportLine& line, const std::string& cell) {
  return line.first().trained_on.empty() ? "-" : cell;
}

bool is_matched(const Report& report) {
  return std::any_of(report.rows.begin(), report.rows.end(), [](const ReportRow& row) {
    return !row.scores.empty() && row.scores.front().matched_db.has_value();
  });
}

void print_summary(std::ostream& out, const Report& report, const std::vector<ReportLine>& lines) {
  const bool has_paper = std::any_of(report.rows.begin(), report.rows.end(),
                                     [](const ReportRow& row) { return row.paper_db.has_value(); });
  Cells head{"restorer", "full-range Y, dB", "studio Y, dB", "SSIM", "gain, dB", "least gain, dB", "trained, s", "steps",
             "ms a picture"};
  if (has_paper) head.push_back("the paper, dB");
  if (is_matched(report)) head.insert(head.begin() + 1, "matched, dB");
  print_head(out, head);
  for (const auto& line : lines) {
    if (line.first().scores.empty()) continue;
    Cells cells{name_of(report, line),
                psnr_with_spread(line),
                mean_of(line, [](const ReportRow& row) { return mean_studio_db(row.scores); }, 2),
                mean_of(line, [](const ReportRow& row) { return mean_ssim(row.scores); }, 3),
                signed_db(line.mean([](const ReportRow& row) { return mean_gain_db(row.scores); })),
                signed_db(line.mean([](const ReportRow& row) { return worst_gain_db(row.scores); })),
                when_trained(line, mean_of(line, [](const ReportRow& row) { return row.train_seconds; }, 1)),
                when_trained(line, mean_of(line, [](const ReportRow& row) { return double(row.steps); }, 0)),
                fixed(line.mean([](const ReportRow& row) { return row.restore_ms; }), 0)};
    if (is_matched(report)) cells.insert(cells.begin() + 1, matched_with_spread(line));
    if (has_paper) cells.push_back(line.first().paper_db ? fixed(*line.first().paper_db, 2) : "-");
    print(out, cells);
  }
}

// Every value of x is a line, every series a column.
void print_sweep(std::ostream& out, const Report& report, const std::vector<ReportLine>& lines) {
  std::set<double> values;
  Cells series;
  for (const auto& line : lines) {
    if (!line.first().x) continue;
    values.insert(*line.first().x);
    if (std::find(series.begin(), series.end(), line.first().label) == series.end())
      series.push_back(line.first().label);
  }
  Cells head{report.x_label};
  head.insert(head.end(), series.begin(), series.end());
  print_head(out, head);
  for (const double x : values) {
    Cells cells{fixed(x, 2)};
    for (const auto& name : series) {
      const auto line = std::find_if(lines.begin(), lines.end(), [&](const ReportLine& one) {
        return one.first().label == name && one.first().x == x;
      });
      cells.push_back(line == lines.end() ? "" : fixed(line->full_db(), 2));
    }
    print(out, cells);
  }
}

Cells pictures_of(const std::vector<ReportLine>& lines) {
  Cells pictures;
  for (const auto& line : lines)
    for (const auto& score : line.first().scores)
      if (std::find(pictures.begin(), pictures.end(), score.picture) == pictures.end()) pictures.push_back(score.picture);
  return pictures;
}

std::string score_of(const ReportLine& line, const std::string& picture) {
  const auto is_it = [&](const PictureScore& score) { return score.picture == picture; };
  const auto& scores = line.first().scores;
  if (std::none_of(scores.begin(), scores.end(), is_it)) return "-";
  return mean_of(line, [&](const ReportRow& row) {
    const auto& score = *std::find_if(row.scores.begin(), row.scores.end(), is_it);
    return score.matched_db.value_or(score.full_db); }, 2);
}

std::vector<Cells> transposed(const std::vector<Cells>& table) {
  std::vector<Cells> turned(table.front().size());
  for (const auto& line : table)
    for (std::size_t i = 0; i < line.size(); ++i) turned[i].push_back(line[i]);
  return turned;
}

// A line for every restorer; for every picture where there are more of them than a page is wide.
void print_pictures(std::ostream& out, const Report& report, const std::vector<ReportLine>& lines) {
  constexpr std::size_t kMostColumns = 14;
  const auto pictures = pictures_of(lines);
  if (pictures.size() < 2) return;
  const bool is_wide = pictures.size() > kMostColumns;
  std::vector<Cells> table{{is_wide ? "picture" : "restorer"}};
  table.front().insert(table.front().end(), pictures.begin(), pictures.end());
  for (const auto& line : lines) {
    if (line.first().scores.empty()) continue;
    table.push_back({name_of(report, line)});
    for (const auto& picture : pictures) table.back().push_back(score_of(line, picture));
  }
  if (is_wide) table = transposed(table);
  out << "\nEvery picture, " << (is_matched(report) ? "matched" : "full-range Y") << ":\n\n";
  print_head(out, table.front());
  for (auto line = table.begin() + 1; line != table.end(); ++line) print(out, *line);
}

void print_figures(std::ostream& out, const std::vector<ReportLine>& lines) {
  std::set<std::string> names;
  for (const auto& line : lines)
    for (const auto& [name, value] : line.first().figures) names.insert(name);
  if (names.empty()) return;
  Cells head{"restorer", "trained, s"};
  head.insert(head.end(), names.begin(), names.end());
  out << '\n';
  print_head(out, head);
  for (const auto& line : lines) {
    Cells cells{line.first().label,
                when_trained(line, mean_of(line, [](const ReportRow& row) { return row.train_seconds; }, 1))};
    for (const auto& name : names) {
      const auto& figures = line.first().figures;
      cells.push_back(figures.contains(name) ? fixed(figures.at(name), 2) : "-");
    }
    print(out, cells);
  }
}

void print_how(std::ostream& out, const Report& report) {
  out << "\n## How each was made\n\n";
  std::set<std::string> said;
  for (const auto& row : report.rows) {
    const auto& name = row.label;
    auto how = row.trained_on.empty() ? std::string() : text("trained on ", row.trained_on);
    if (!row.settings.empty()) how += text(how.empty() ? "" : "; ", row.settings);
    if (!row.note.empty()) how += text(how.empty() ? "" : "; ", row.note);
    if (!how.empty() && said.insert(name + how).second) out << "- **" << name << "**: " << how << ".\n";
  }
}

// What rows say of where they come from: more than one thing where a run was gone on with elsewhere.
std::string all_of(const Report& report, std::string ReportRow::*member) {
  std::set<std::string> values;
  for (const auto& row : report.rows)
    if (!(row.*member).empty()) values.insert(row.*member);
  std::string joined;
  for (const auto& value : values) joined += text(joined.empty() ? "" : " and ", value);
  return joined;
}

}  // namespace

std::string markdown_of(const Report& report) {
  std::ostringstream out;
  out << "# " << report.title << "\n\n" << report.text << "\n\n";
  if (report.quick) out << "**A quick run with 20 steps a training: it shows that everything works, not how well.**\n\n";
  out << "Made by `" << report.command << "`";
  if (const auto machines = all_of(report, &ReportRow::machine); !machines.empty()) out << " on " << machines;
  if (const auto commits = all_of(report, &ReportRow::commit); !commits.empty()) out << ", commit " << commits;
  const bool has_psnr = std::any_of(report.rows.begin(), report.rows.end(), [](const ReportRow& row) { return !row.scores.empty(); });
  out << (has_psnr ? ". PSNR in dB over luma; every" : ". Every") << " figure is also in [" << report.name << ".json](" << report.name << ".json)."
      << (has_psnr ? " `±` is the standard deviation over seeds.\n" : "\n");
  for (const auto& table : tables_of(report)) {
    const auto lines = lines_of(report, table);
    const bool has_scores =
        std::any_of(lines.begin(), lines.end(), [](const ReportLine& line) { return !line.first().scores.empty(); });
    if (!has_scores && lines.front().first().figures.empty()) continue;
    out << "\n## " << table << "\n\n";
    if (has_scores && report.is_sweep) {
      out << "Mean PSNR, full-range Y:\n\n";
      print_sweep(out, report, lines);
      out << '\n';
    }
    if (has_scores) {
      print_summary(out, report, lines);
      print_pictures(out, report, lines);
    }
    print_figures(out, lines);
  }
  if (has_plot(report)) out << "\n![" << report.title << "](images/" << report.name << ".png)\n";
  for (const auto& row : report.rows)
    if (!row.picture.empty()) out << "\n![" << row.label << "](images/" << row.picture << ")\n\n*" << row.label << "*\n";
  print_how(out, report);
  return out.str();
}

}  // namespace firstframe
