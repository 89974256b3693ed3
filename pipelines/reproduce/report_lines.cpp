#include "pipelines/reproduce/report_lines.h"

#include <algorithm>
#include <cmath>

namespace firstframe {

namespace {

using MeanOfScores = double (*)(const std::vector<PictureScore>& scores);

double spread(const ReportLine& line, MeanOfScores mean_db) {
  if (line.rows.size() < 2) return 0;
  const double middle = line.mean([&](const ReportRow& row) { return mean_db(row.scores); });
  double sum = 0;
  for (const auto* row : line.rows) sum += std::pow(mean_db(row->scores) - middle, 2);
  return std::sqrt(sum / static_cast<double>(line.rows.size() - 1));
}

}  // namespace

double ReportLine::full_db() const {
  return mean([](const ReportRow& row) { return mean_full_db(row.scores); });
}

double ReportLine::matched_db() const {
  return mean([](const ReportRow& row) { return mean_matched_db(row.scores); });
}

double ReportLine::spread_db() const { return spread(*this, mean_full_db); }

double ReportLine::matched_spread_db() const { return spread(*this, mean_matched_db); }

std::vector<std::string> tables_of(const Report& report) {
  std::vector<std::string> tables;
  for (const auto& row : report.rows)
    if (std::find(tables.begin(), tables.end(), row.table) == tables.end()) tables.push_back(row.table);
  return tables;
}

std::vector<ReportLine> lines_of(const Report& report, const std::string& table) {
  std::vector<ReportLine> lines;
  for (const auto& row : report.rows) {
    if (row.table != table) continue;
    const auto same = std::find_if(lines.begin(), lines.end(), [&](const ReportLine& line) {
      return line.first().label == row.label && (!report.is_sweep || line.first().x == row.x);
    });
    if (same == lines.end())
      lines.push_back({{&row}});
    else
      same->rows.push_back(&row);
  }
  return lines;
}

}  // namespace firstframe
