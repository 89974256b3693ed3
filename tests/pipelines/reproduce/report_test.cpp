#include "pipelines/reproduce/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

ReportRow row(const std::string& label, std::int64_t seed, double full_db) {
  ReportRow row;
  row.task = label;
  row.table = "Set11";
  row.label = label;
  row.trained_on = "butterfly";
  row.settings = "noise-jitter 1";
  row.seed = seed;
  row.steps = 20;
  row.train_seconds = 1.25;
  row.paper_db = 28.59;
  row.scores = {{"parrots", 25, full_db, full_db + 1.32, 0.8, {}}, {"starfish", 24, full_db + 2, full_db + 3.32, 0.9, {}}};
  return row;
}

Report report() {
  Report report;
  report.name = "table1";
  report.title = "Deblurring";
  report.rows = {row("residual", 1, 29), row("residual", 2, 30), row("rnn", 1, 28)};
  return report;
}

TEST(Report, ShowsTheMeanAndSpreadOverSeeds) {
  const auto page = markdown_of(report());
  EXPECT_THAT(page, HasSubstr("| residual | 30.50 ± 0.71 | 31.82 | 0.850 | +6.00 | +4.50 | 1.2 | 20 | 0 | 28.59 |"));
  EXPECT_THAT(page, HasSubstr("| rnn | 29.00 | "));
  EXPECT_THAT(page, HasSubstr("| residual | 29.50 | 31.50 |"));  // every picture
  EXPECT_THAT(page, HasSubstr("- **residual**: trained on butterfly; noise-jitter 1."));
}

TEST(Report, GivesManyPicturesALineEach) {
  auto many = report();
  for (auto& row : many.rows)
    for (int i = 0; i < 20; ++i) row.scores.push_back({"section " + std::to_string(i), 20, 30.0 + i, 31.0 + i, 0.8, {}});
  const auto page = markdown_of(many);
  EXPECT_THAT(page, HasSubstr("| picture | residual | rnn |"));
  EXPECT_THAT(page, HasSubstr("| parrots | 29.50 | 28.00 |"));
  EXPECT_THAT(page, HasSubstr("| section 19 | 49.00 | 49.00 |"));
}

TEST(Report, ComesBackFromItsJson) {
  const auto written = report();
  auto again = written;
  again.rows = rows_of(json_of(written), written, "table1.json");
  EXPECT_EQ(json_of(again), json_of(written));
}

TEST(Report, RefusesToGoOnWithAnotherRun) {
  auto quick = report();
  quick.quick = true;
  EXPECT_THAT(message_of<FormatError>([&] { rows_of(json_of(quick), report(), "out/table1.json"); }),
              HasSubstr("out/table1.json: was made with --seconds-scale 1.0 --quick; resume with the same"));
  EXPECT_THAT(message_of<FormatError>([&] { rows_of("{}", report(), "out/table1.json"); }),
              HasSubstr("out/table1.json: is no report to resume"));
}

}  // namespace
}  // namespace firstframe
