// Nothing is invented where a section ends or nothing was recorded: borders and mutes of SEG-Y through the command.

#include "tests/pipelines/cli/segy_survey.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

constexpr int kTraceBytes = 496;

// Quiet to the left, events at the right edge: a gather before its first arrivals.
double one_sided(int inl, int xl, int sample) { return (xl < 26 ? 1e-3 : 4) * event(inl, xl, sample); }

class CommandSegyEdges : public SegySurvey {
 protected:
  // A Gaussian blur of the survey's clean sections that met their opposite edges.
  double blurred_in_circles(int inl, int xl, int sample) const {
    double sum = 0, weights = 0;
    for (int down = -5; down <= 5; ++down)
      for (int across = -5; across <= 5; ++across) {
        const double weight = std::exp(-0.5 * (down * down + across * across) / (1.4 * 1.4));
        weights += weight;
        sum += weight * one_sided(inl, (xl + across + 40) % 40, (sample + down + 64) % 64);
      }
    return sum / weights;
  }

  void put_circular_pair() {
    auto clean = recipe;
    clean.value = [](int inl, int xl, int, int s) { return one_sided(inl, xl, s); };
    put_segy(scratch / "clean.sgy", clean);
    recipe.value = [this](int inl, int xl, int, int s) { return blurred_in_circles(inl, xl, s) + 0.01 * noise(inl, xl, s); };
    put_segy(scratch / "noisy.sgy", recipe);
  }

  // The survey with a mute that ends later from trace to trace, and one below of the last ten traces.
  void put_muted_survey() {
    recipe.value = [](int inl, int xl, int, int s) { return is_muted(xl, s) ? 0 : event(inl, xl, s) + noise(inl, xl, s); };
    put_segy(scratch / "noisy.sgy", recipe);
  }
  static bool is_muted(int xl, int sample) { return sample < xl / 2 || (xl >= 30 && sample >= 60); }

  double energy_at_left(const std::string& name) {
    double energy = 0;
    for (std::size_t inl = 0; inl < 6; ++inl)
      for (std::size_t xl = 0; xl < 8; ++xl)
        for (std::size_t sample = 0; sample < 64; ++sample) energy += std::pow(residual_at(name, inl * 40 + xl, sample), 2);
    return energy;
  }

  void expect_mutes_kept() {
    const auto before = content_of(scratch / "noisy.sgy"), after = content_of(scratch / "out.sgy");
    int changed = 0;
    for (int trace = 0; trace < 240; ++trace)
      for (int sample = 0; sample < 64; ++sample) {
        const auto at = static_cast<std::size_t>(3600 + trace * kTraceBytes + 240 + 4 * sample);
        const bool is_same = after.compare(at, 4, before, at, 4) == 0;
        const int xl = trace % 40;
        const bool keeps = sample < xl / 2 ? xl / 2 >= 2 : is_muted(xl, sample);
        if (keeps) {
          ASSERT_TRUE(is_same) << trace << " " << sample;
          ASSERT_EQ(residual_at("removed.sgy", static_cast<std::size_t>(trace), static_cast<std::size_t>(sample)), 0) << trace << " " << sample;
        }
        changed += !is_same;
      }
    EXPECT_GT(changed, 240 * 30);
  }

  std::string border(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto result = train(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return nlohmann::json::parse(result.out)["border"];
  }
};

TEST_F(CommandSegyEdges, NeverFindACircularBorder) {
  put_circular_pair();
  EXPECT_EQ(border(), "reflect");
  EXPECT_EQ(border({"--variations", "3"}), "reflect");
  EXPECT_EQ(border({"--border", "replicate"}), "replicate");
}

TEST_F(CommandSegyEdges, RefuseACircularBorderByName) {
  const auto result = train({"--border", "circular"});
  EXPECT_EQ(result.code, 64);
  EXPECT_THAT(result.err, HasSubstr("is no neighbour of the first"));
  EXPECT_FALSE(fs::exists(scratch / "model.safetensors"));
}

TEST_F(CommandSegyEdges, KeepEventsOfOneEdgeAwayFromTheOther) {
  put_circular_pair();
  auto clean = recipe;
  clean.value = [](int inl, int xl, int, int s) { return one_sided(inl, xl, s); };
  put_segy(scratch / "clean.sgy", clean);
  recipe.value = [](int inl, int xl, int, int s) { return one_sided(inl, xl, s) + (xl < 26 ? 0.001 : 1) * noise(inl, xl, s); };
  put_segy(scratch / "noisy.sgy", recipe);
  ASSERT_EQ(train().code, 0);
  ASSERT_EQ(restore(scratch / "noisy.sgy", scratch / "out.sgy").code, 0);
  EXPECT_LT(energy_at_left("out.sgy"), 1.1 * energy_at_left("noisy.sgy"));
  EXPECT_GT(snr("out.sgy"), snr("noisy.sgy"));
}

// The same samples in a volume that says of no trace that it is one: there a blur may be circular.
TEST_F(CommandSegyEdges, RefuseACircularModelOfSomethingElse) {
  put_circular_pair();
  for (const std::string name : {"noisy", "clean"})
    ok({"restore", "--restorer", "nlm", "--noise-sigma", "0.0001", scratch / (name + ".sgy"), scratch / (name + ".mha")});
  ok({"train", "--degraded", scratch / "noisy.mha", "--clean", scratch / "clean.mha", "--slice", "2", "--restorer", "linear", "--border",
      "circular", "--model", scratch / "model.safetensors"});
  expect_refused(restore(scratch / "noisy.sgy", scratch / "out.sgy"), 65, "train it again with --border reflect");
}

TEST_F(CommandSegyEdges, LeaveMutedSamplesZeroByteForByte) {
  ASSERT_EQ(train().code, 0);
  put_muted_survey();
  const auto result = restore(scratch / "noisy.sgy", scratch / "out.sgy", {"--residual", scratch / "removed.sgy"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("216 traces begin or end with zeros, a mute of 2508 samples in all; restoring leaves them 0"));
  expect_mutes_kept();
}

TEST_F(CommandSegyEdges, LeaveThemZeroUnderGainWithNeighboursAndOrthogonalised) {
  for (const std::vector<std::string>& how : {std::vector<std::string>{"--agc", "100"}, {"--neighbours", "1"}}) {
    put_muted_survey();
    ASSERT_EQ(train(how).code, 0);
    ASSERT_EQ(restore(scratch / "noisy.sgy", scratch / "out.sgy", {"--residual", scratch / "removed.sgy", "--orthogonalise"}).code, 0);
    expect_mutes_kept();
  }
}

TEST_F(CommandSegyEdges, LeaveThemZeroInIntegers) {
  ASSERT_EQ(train().code, 0);
  recipe.format = 3;
  recipe.value = [](int inl, int xl, int, int s) { return s < 12 ? 0 : std::round(event(inl, xl, s) + noise(inl, xl, s)); };
  put_segy(scratch / "whole.sgy", recipe);
  ASSERT_EQ(restore(scratch / "whole.sgy", scratch / "out.sgy", {"--range", "-3000:3000"}).code, 0);
  const auto after = content_of(scratch / "out.sgy");
  for (std::size_t trace = 0; trace < 240; ++trace)
    EXPECT_EQ(after.substr(3600 + trace * 368 + 240, 24), std::string(24, '\0')) << trace;
}

}  // namespace
}  // namespace firstframe
