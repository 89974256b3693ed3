#pragma once

#include <string>
#include <vector>

#include "pipelines/reproduce/report.h"

namespace firstframe {

/// The rows of one line of a table, which differ by their seed.
struct ReportLine {
  std::vector<const ReportRow*> rows;  // one or more, of the report they were taken from

  const ReportRow& first() const { return *rows.front(); }
  /// The mean over seeds of what a row says.
  template <typename Value>
  double mean(const Value& value) const {
    double sum = 0;
    for (const auto* row : rows) sum += value(*row);
    return sum / static_cast<double>(rows.size());
  }
  double full_db() const;
  double matched_db() const;
  /// Standard deviation over seeds of the mean PSNR; 0 for one seed.
  double spread_db() const;
  double matched_spread_db() const;
};

/// The names of the tables of a report, in the order in which they appear.
std::vector<std::string> tables_of(const Report& report);

/// The lines of a table, in the order in which they appear.
std::vector<ReportLine> lines_of(const Report& report, const std::string& table);

}  // namespace firstframe
