// What `firstframe bench` prints, as programs and people read it.

#include "pipelines/bench/bench.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/base/error.h"
#include "pipelines/bench/bench_frame.h"
#include "pipelines/bench/bench_models.h"
#include "pipelines/bench/stride_curve.h"
#include "pipelines/bench/timing.h"
#include "tests/support/command.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Timing, OfWorkIsItsMedianAndItsLongest) {
  int run = 0;
  const auto timing = timed(0, [&] { std::this_thread::sleep_for(std::chrono::milliseconds(++run == 3 ? 60 : 10)); }, {});
  EXPECT_EQ(timing.runs, 3);
  EXPECT_GE(timing.median_ms, 10);
  EXPECT_GE(timing.p99_ms, 60);
  EXPECT_LT(timing.median_ms, timing.p99_ms);
}

TEST(Timing, EndsWhenAStopIsRequested) {
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(message_of<Cancelled>([&] { timed(1, [] {}, source.get_token()); }), "bench: stopped");
}

TEST(BenchSize, KnowsNamesSquaresAndRectangles) {
  EXPECT_EQ(bench_size("1080p"), (Extent{1080, 1920}));
  EXPECT_EQ(bench_size("512"), (Extent{512, 512}));
  EXPECT_EQ(bench_size("450x900"), (Extent{450, 900}));
  for (const auto* wrong : {"", "x", "0x5", "12x", "1081p", "450X900", "8x8", "99999x99999"})
    EXPECT_THAT(message_of<ArgumentError>([&] { bench_size(wrong); }), HasSubstr("use ROWSxCOLS")) << wrong;
}

TEST(StrideCurve, IsOfEveryWindowAndLongerStridesCostLess) {
  BenchOptions options;
  options.seconds = 0;
  options.train_seconds = 0.2;
  const auto rows = measure_strides(bench_model("rnn", bench_blur(), options), {128, 128}, {}, options);
  ASSERT_EQ(rows.size() % 3, 0u);
  ASSERT_GE(rows.size(), 15u);
  EXPECT_EQ(rows.front().settings, "stride 1, constant");
  EXPECT_GT(rows[2].timing.median_ms, 4 * rows[14].timing.median_ms) << rows[14].settings << " has a 25th of its patches";
  for (const auto& row : rows) EXPECT_GT(row.psnr.value_or(0), 10) << row.settings;
  EXPECT_TRUE(measure_strides(bench_model("linear", bench_blur(), options), {128, 128}, {}, options).empty()) << "it has no patches";
}

TEST(CommandBench, WritesTheSameFiguresAsTablesAndJson) {
  const ScratchFolder folder;
  const auto result = firstframe_command({"bench", "--quick", "--seconds", "0.05", "--train-seconds", "0.2", "--restorers", "residual,linear", "--sizes",
                                          "64x80", "--json-file", folder / "bench.json", "--plot", folder / "bench.png", "--commit", "abc"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("| residual | 64 x 80 |"));
  EXPECT_THAT(result.out, HasSubstr("commit abc"));
  EXPECT_THAT(result.out, HasSubstr("`firstframe bench --restorers residual,linear --sizes 64x80 --seconds 0.05 --train-seconds 0.2 --quick`"));
  EXPECT_TRUE(std::filesystem::exists(folder / "bench.png"));
  std::ifstream file(folder / "bench.json");
  const auto json = nlohmann::json::parse(file);
  EXPECT_GT(json["peak"]["f32_gflops"], 0);
  bool has_linear = false;
  for (const auto& row : json["restore"]) {
    has_linear = has_linear || row["restorer"] == "linear";
    EXPECT_EQ(row["rows"], 64);
    EXPECT_GT(row["time"]["median_ms"], 0);
    EXPECT_GE(row["time"]["runs"], 3);
    EXPECT_GT(row["operations"], 0);
    EXPECT_GT(row["psnr_db"], 10);
  }
  EXPECT_TRUE(has_linear);
  EXPECT_TRUE(json["peers"].empty());
}

TEST(CommandBench, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(firstframe_command({"bench", "--sizes", "huge"}).code, 64);
  EXPECT_THAT(firstframe_command({"bench", "--precisions", "f16"}).err, StartsWith("firstframe: precisions: 'f16' is not accepted"));
  EXPECT_THAT(firstframe_command({"bench", "--restorers", "magic", "--sizes", "64", "--quick"}).err, HasSubstr("restorer 'magic' does not exist; use one of"));
  EXPECT_EQ(firstframe_command({"bench", "--quick", "--device", "tpu"}).code, 64);
}

}  // namespace
}  // namespace firstframe
