// Speed as ratios measured in one run, held against docs/results/performance_guard.json: what stands there is somewhat below what a
// quiet machine gave, and may be missed by a quarter. Times would say more about the machine than about us.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/processor.h"
#include "pipelines/bench/bench.h"

namespace firstframe {
namespace {

constexpr double kMayFallTo = 0.75;
constexpr int kTries = 4;  // something else may run for a moment

TEST(Speed, OfEveryRestorerKeepsItsPartOfTheMeasuredPeak) {
  if (!processor_has("avx512_bf16")) GTEST_SKIP() << "the ratios on record are of a processor with avx512_bf16";
  std::ifstream file(FIRSTFRAME_SOURCE_DIR "/docs/results/performance_guard.json");
  const auto record = nlohmann::json::parse(file);
  for (const auto& [restorer, of_peak] : record["of_matmul_peak_512x512_bf16"].items()) {
    BenchOptions options;
    options.restorers = {restorer};
    options.sizes = {{512, 512}};
    options.precisions = {Precision::bf16};
    options.seconds = 0.7;
    options.train_seconds = 0.3;
    options.peers = options.scaling = false;
    double best = 0;
    for (int i = 0; i < kTries && best < kMayFallTo * of_peak.get<double>(); ++i)
      best = std::max(best, run_bench(options).restores.front().of_peak);
    EXPECT_GE(best, kMayFallTo * of_peak.get<double>()) << restorer << " was at " << of_peak << " of the bf16 matrix product's peak";
  }
}

}  // namespace
}  // namespace firstframe
