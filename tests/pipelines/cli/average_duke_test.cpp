// The registered mean of five B-scans against the truth of nine eyes: docs/results/average.md is what this prints.
// FIRSTFRAME_DATA names a folder that holds oct/duke2013/01..17 with test, 1, 2, 3, 4 and average.tif.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "core/metrics/matched_psnr.h"
#include "core/metrics/psnr.h"
#include "core/registration/repeat_average.h"
#include "io/picture/picture.h"
#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

Section plain_mean(const std::vector<Section>& repeats) {
  Section mean(SampleType::float32, 1, repeats.front().extent());
  for (const auto& repeat : repeats) {
    const auto values = values_of(repeat);
    for (std::size_t p = 0; p < values.size(); ++p)
      mean.samples<float>()[p] += values[p] / static_cast<float>(repeats.size());
  }
  return mean;
}

TEST(AverageOfDukeEyes, IsAtLeastAsCloseToTheTruthAsThePlainMean) {
  const char* const data = std::getenv("FIRSTFRAME_DATA");
  if (!data || !std::filesystem::exists(std::filesystem::path(data) / "oct/duke2013"))
    GTEST_SKIP() << "set FIRSTFRAME_DATA to a folder with oct/duke2013 to run this test";
  std::puts(
      "| eye | one B-scan | plain mean | registered | plain, matched | registered, matched | largest shift "
      "down, across |");
  std::puts("|---|---|---|---|---|---|---|");
  for (const std::string eye : {"01", "03", "05", "07", "09", "11", "13", "15", "17"}) {
    const auto folder = std::filesystem::path(data) / "oct/duke2013" / eye;
    const auto truth = read_picture(folder / "average.tif");
    std::vector<Section> repeats;
    RepeatAverage average;
    for (const std::string name : {"test", "1", "2", "3", "4"}) {
      repeats.push_back(read_picture(folder / (name + ".tif")));
      average.add(repeats.back().view(), name);
    }
    const auto plain = plain_mean(repeats);
    const auto result = average.average({});
    RepeatMotion largest;
    for (const auto& one : result.repeats) {
      if (std::abs(one.motion.down) > std::abs(largest.down)) largest.down = one.motion.down;
      if (std::abs(one.motion.across) > std::abs(largest.across)) largest.across = one.motion.across;
    }
    const double before = psnr(plain.view(), truth.view()), after = psnr(result.mean.view(), truth.view());
    std::printf("| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f, %.2f |\n", eye.c_str(),
                psnr(repeats.front().view(), truth.view()), before, after,
                matched_psnr(plain.view(), truth.view()), matched_psnr(result.mean.view(), truth.view()),
                largest.down, largest.across);
    EXPECT_GE(after, before) << "eye " << eye;
    EXPECT_EQ(result.averaged, 5) << "eye " << eye;
  }
}

}  // namespace
}  // namespace firstframe
