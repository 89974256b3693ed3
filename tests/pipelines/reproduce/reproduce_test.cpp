// Whole experiments on small pictures.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/error.h"
#include "pipelines/reproduce/experiment.h"
#include "tests/pipelines/reproduce/data.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Reproduce : public testing::Test {
 protected:
  ReproduceOptions options(std::vector<std::string> rows) {
    ReproduceOptions options;
    options.data = data.path();
    options.out = out / "results";
    options.quick = true;
    options.seeds = 1;
    options.rows = std::move(rows);
    options.say = [this](const std::string& line) { said.push_back(line); };
    return options;
  }
  nlohmann::json json(const std::string& name) { return nlohmann::json::parse(content_of(out / ("results/" + name + ".json"))); }
  std::string page(const std::string& name) { return content_of(out / ("results/" + name + ".md")); }

  SmallData data;
  TempFolder out;
  std::vector<std::string> said;
};

std::string two_digits(double value) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(2) << value;
  return text.str();
}

TEST_F(Reproduce, WritesAPageThatAgreesWithItsFigures) {
  reproduce("table1", options({"degraded", "linear", "wiener", "red-fp-nlm"}));
  const auto rows = json("table1")["rows"];
  ASSERT_EQ(rows.size(), 8u);  // four restorers on two sets
  for (const auto& row : rows) {
    const double mean = row["mean"]["psnr_luma_full_db"];
    EXPECT_THAT(page("table1"), HasSubstr("| " + row["label"].get<std::string>() + " | " + two_digits(mean) + " |"));
    for (const auto& picture : row["pictures"]) EXPECT_NE(picture["picture"], "butterfly");
    const bool restores = row["label"] == "linear" || row["task"] == "red-fp-nlm";
    EXPECT_GE(row["mean"]["worst_gain_db"], restores ? 1 : 0);
  }
  EXPECT_TRUE(std::filesystem::exists(out / "results/images/table1.png"));
}

TEST_F(Reproduce, GoesOnWithTheRowsThatAreMissing) {
  reproduce("table1", options({"linear"}));
  const auto before = json("table1")["rows"];
  said.clear();
  auto more = options({"degraded", "linear"});
  more.resume = true;
  reproduce("table1", more);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_THAT(said[0], HasSubstr(" degraded; Set11: degraded "));
  EXPECT_THAT(said[1], HasSubstr(" linear: there already"));
  const auto after = json("table1")["rows"];
  ASSERT_EQ(after.size(), 4u);
  EXPECT_EQ(after[2], before[0]);  // its seconds, too: it was not trained again
  EXPECT_EQ(after[3], before[1]);
}

TEST_F(Reproduce, KeepsTheSeedsOfAFormerRun) {
  auto two = options({"residual-5"});
  two.seeds = 2;
  reproduce("table1", two);
  auto one = options({"degraded"});
  one.resume = true;
  reproduce("table1", one);
  EXPECT_EQ(json("table1")["rows"].size(), 2 + 2 * 2 * 2u);  // degraded; two seeds on two sets, plain and ensemble
  EXPECT_THAT(page("table1"), testing::ContainsRegex("residual, 5 s . [0-9.]+ ± "));
}

TEST_F(Reproduce, ScoresEyesWithTheirBrightnessFitted) {
  data.add_eyes();
  reproduce("oct", options({"degraded", "nlm", "linear", "residual", "neighbours", "eye-05"}));
  const auto rows = json("oct")["rows"];
  for (const auto& row : rows) {
    EXPECT_GE(row["mean"]["psnr_matched_db"], row["mean"]["psnr_luma_full_db"]);
    EXPECT_TRUE(row["figures"].contains("edge index"));
    for (const auto& picture : row["pictures"]) EXPECT_NE(picture["picture"], "01");
  }
  EXPECT_EQ(rows[1]["label"], "mean of five");
  EXPECT_NEAR(rows[1]["mean"]["psnr_luma_full_db"].get<double>() - rows[0]["mean"]["psnr_luma_full_db"].get<double>(), 7, 0.5);
  EXPECT_THAT(page("oct"), HasSubstr("| restorer | matched, dB | full-range Y, dB |"));
  EXPECT_THAT(page("oct"), HasSubstr("Every picture, matched:"));
}

TEST_F(Reproduce, NamesTheScanThatIsMissing) {
  data.add_eyes();
  std::filesystem::remove(data / "oct/duke2013/03/2.tif");
  EXPECT_THAT(message_of<MissingFileError>([&] { reproduce("oct", options({})); }), HasSubstr("03/2.tif is missing; for OCT"));
}

TEST_F(Reproduce, DrawsASweep) {
  reproduce("fig7", options({"degraded", "residual"}));
  const auto rows = json("fig7")["rows"];
  ASSERT_EQ(rows.size(), 4u);  // two levels of noise
  EXPECT_LT(rows[0]["x"], rows[1]["x"]);
  EXPECT_GT(std::filesystem::file_size(out / "results/images/fig7.png"), 1000u);
  EXPECT_THAT(page("fig7"), HasSubstr("![Figure 7"));
}

TEST_F(Reproduce, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(message_of<ArgumentError>([&] { reproduce("table9", options({})); }),
              StartsWith("reproduce: 'table9' is no experiment; use table1, table2"));
  EXPECT_THAT(message_of<ArgumentError>([&] { reproduce("table1", options({"lenear"})); }),
              StartsWith("reproduce: table1 has no row 'lenear'; use degraded, wiener"));
  std::filesystem::remove_all(data / "bsd");
  EXPECT_THAT(message_of<MissingFileError>([&] { reproduce("table1", options({"degraded"})); }), HasSubstr("/bsd is missing"));
  EXPECT_FALSE(std::filesystem::exists(out / "results"));
}

TEST_F(Reproduce, StopsBetweenRowsAndKeepsWhatItHas) {
  std::stop_source source;
  auto stoppable = options({"degraded", "linear"});
  stoppable.stop = source.get_token();
  stoppable.say = [&](const std::string&) { source.request_stop(); };
  EXPECT_THROW(reproduce("table1", stoppable), Cancelled);
  EXPECT_EQ(json("table1")["rows"].size(), 2u);  // degraded, on two sets
}

}  // namespace
}  // namespace firstframe
