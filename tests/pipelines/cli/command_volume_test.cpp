// Volumes through the command: one annotated section trains, the others are restored, stopped and gone on with.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/scenes.h"
#include "tests/support/volumes.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

constexpr std::int64_t kCols = 80, kRows = 64, kSections = 20, kAnnotated = 2;

// Hounsfield-like values: scenes spread over -1000..1000, one a section.
std::vector<std::int16_t> clean_samples(std::int64_t sections = kSections) {
  std::vector<std::int16_t> samples;
  for (std::int64_t z = 0; z < sections; ++z) {
    const auto section = scene({kRows, kCols}, SampleType::float32, static_cast<unsigned>(z + 1));
    for (std::int64_t i = 0; i < kRows * kCols; ++i)
      samples.push_back(static_cast<std::int16_t>(std::lround(-1000 + 2000 * section.samples<float>()[i])));
  }
  return samples;
}

std::vector<std::int16_t> noisy(std::vector<std::int16_t> samples, double sigma) {
  std::mt19937 generator(7);
  std::normal_distribution<double> noise(0, sigma);
  for (auto& sample : samples) sample = static_cast<std::int16_t>(std::lround(sample + noise(generator)));
  return samples;
}

class CommandVolume : public testing::Test {
 protected:
  void SetUp() override {
    geometry.size = {kCols, kRows, kSections};
    geometry.spacing = {0.5, 0.75, 2};
    geometry.origin = {-10, 20, 3};
    clean = clean_samples();
    write_metaimage(scratch / "clean.mha", geometry, clean);
    write_metaimage(scratch / "noisy.mha", geometry, noisy(clean, 200));
  }

  static std::string ok(const std::vector<std::string>& arguments) {
    const auto result = firstframe_command(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result.out;
  }

  std::string train(const std::vector<std::string>& more = {"--restorer", "linear"}) {
    std::vector<std::string> arguments{"train", "--degraded", scratch / "noisy.mha", "--clean", scratch / "clean.mha", "--slice",
                                       std::to_string(kAnnotated), "--model", scratch / "model.safetensors"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ok(arguments);
  }

  double mean_psnr(const std::string& volume) {
    return Json::parse(ok({"measure", volume, scratch / "clean.mha", "--except", std::to_string(kAnnotated), "--json"}))["mean"]["psnr_db"];
  }

  static std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  VolumeGeometry geometry;
  std::vector<std::int16_t> clean;
  ScratchFolder scratch;
};

TEST_F(CommandVolume, RestoresAVolumeFromOneAnnotatedSection) {
  train();
  const auto model = Json::parse(ok({"inspect", scratch / "model.safetensors", "--json"}));
  EXPECT_EQ(model["trained_range"]["type"], "int16");
  EXPECT_LT(model["trained_range"]["low"].get<double>(), -900);
  EXPECT_LT(model["trained_range"]["high"].get<double>() - model["trained_range"]["low"].get<double>(), 3000);

  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.mha", scratch / "restored.mha", "--residual",
      scratch / "removed.mha"});
  EXPECT_GT(mean_psnr(scratch / "restored.mha"), mean_psnr(scratch / "noisy.mha") + 1);
  EXPECT_THAT(bytes_of(scratch / "restored.mha"), HasSubstr("ElementSpacing = 0.5 0.75 2"));

  const auto before = metaimage_samples<std::int16_t>(scratch / "noisy.mha");
  const auto after = metaimage_samples<std::int16_t>(scratch / "restored.mha");
  const auto removed = metaimage_samples<float>(scratch / "removed.mha");
  ASSERT_EQ(after.size(), before.size());
  ASSERT_EQ(removed.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) ASSERT_NEAR(removed[i], before[i] - after[i], 0.01) << i;
}

TEST_F(CommandVolume, GivesTheSameBytesForAnyNumberOfThreads) {
  train();
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.mha", scratch / "one.mha", "--threads", "1"});
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.mha", scratch / "two.mha", "--threads", "2"});
  EXPECT_EQ(bytes_of(scratch / "one.mha"), bytes_of(scratch / "two.mha"));
}

TEST_F(CommandVolume, RestoresAlongAnyAxis) {
  for (const std::string axis : {"x", "y"}) {
    ok({"train", "--degraded", scratch / "noisy.mha", "--clean", scratch / "clean.mha", "--slice", "30", "--axis", axis, "--model",
        scratch / "model.safetensors", "--restorer", "linear", "--patch", "5", "--range", "-1000:1000"});
    ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.mha", scratch / "restored.mha", "--axis", axis});
    EXPECT_GT(mean_psnr(scratch / "restored.mha"), mean_psnr(scratch / "noisy.mha")) << axis;
  }
}

TEST_F(CommandVolume, ReadsBareSamplesOfAGivenSize) {
  train();
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.mha", scratch / "restored.mha"});
  const auto header = metaimage_header(geometry, "MET_SHORT").size();
  fs::copy_file(scratch / "noisy.mha", scratch / "noisy.raw");
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.raw", scratch / "bare.raw", "--raw-size", "80x64x20",
      "--raw-type", "int16", "--raw-header", std::to_string(header)});
  const auto samples = metaimage_samples<std::int16_t>(scratch / "restored.mha");
  const auto bare = bytes_of(scratch / "bare.raw");
  ASSERT_EQ(bare.size(), samples.size() * 2);
  EXPECT_EQ(std::memcmp(bare.data(), samples.data(), bare.size()), 0);
}

TEST_F(CommandVolume, GoesOnWhereItWasStopped) {
  constexpr std::int64_t kMany = 400;
  geometry.size[2] = kMany;
  write_metaimage(scratch / "long.mha", geometry, noisy(clean_samples(kMany), 60));
  train({"--restorer", "unet", "--steps", "2"});
  const std::vector<std::string> restore{"restore", "--model", scratch / "model.safetensors", scratch / "long.mha"};
  const auto command = [&](const std::string& output, const std::string& flag = "") {
    auto arguments = restore;
    arguments.push_back(scratch / output);
    if (!flag.empty()) arguments.push_back(flag);
    return arguments;
  };
  // Room for the whole draft is taken first; where the first section goes then lie zeros until it is written.
  const auto first_section = metaimage_header(geometry, "MET_SHORT").size();
  const auto stopped = firstframe_command(command("resumed.mha"), SIGINT, [&] {
    wait_until([&] {
      std::ifstream draft(scratch / "resumed.mha.part", std::ios::binary);
      char samples[256] = {};
      draft.seekg(static_cast<std::streamoff>(first_section)).read(samples, sizeof samples);
      return std::any_of(std::begin(samples), std::end(samples), [](char byte) { return byte != 0; });
    });
  });
  ASSERT_EQ(stopped.code, 75) << stopped.err;
  EXPECT_THAT(stopped.err, HasSubstr("repeat the command with --resume to go on"));
  EXPECT_FALSE(fs::exists(scratch / "resumed.mha"));
  EXPECT_TRUE(fs::exists(scratch / "resumed.mha.part"));

  EXPECT_THAT(ok(command("resumed.mha", "--resume")), HasSubstr("the others were there"));
  ok(command("whole.mha"));
  EXPECT_EQ(bytes_of(scratch / "resumed.mha"), bytes_of(scratch / "whole.mha"));
  EXPECT_FALSE(fs::exists(scratch / "resumed.mha.part"));
}

TEST_F(CommandVolume, AveragesNeighboursInWhereTheModelWasTrainedSo) {
  // One scene in every section: neighbours are repeats.
  const std::vector<std::int16_t> one(clean.begin(), clean.begin() + kCols * kRows);
  clean.clear();
  for (std::int64_t z = 0; z < kSections; ++z) clean.insert(clean.end(), one.begin(), one.end());
  write_metaimage(scratch / "clean.mha", geometry, clean);
  write_metaimage(scratch / "noisy.mha", geometry, noisy(clean, 200));
  const auto restored = [&](const std::string& neighbours) {
    train({"--restorer", "linear", "--neighbours", neighbours});
    ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.mha", scratch / "restored.mha", "--residual",
        scratch / "removed.mha"});
    return mean_psnr(scratch / "restored.mha");
  };
  const double alone = restored("0");
  EXPECT_GT(restored("2"), alone + 2);

  const auto before = metaimage_samples<std::int16_t>(scratch / "noisy.mha"), after = metaimage_samples<std::int16_t>(scratch / "restored.mha");
  const auto removed = metaimage_samples<float>(scratch / "removed.mha");
  ASSERT_EQ(removed.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) ASSERT_NEAR(removed[i], before[i] - after[i], 0.01) << i;

  write_picture(scratch / "picture.png", scene({32, 32}).view());
  const auto refused = firstframe_command({"restore", "--model", scratch / "model.safetensors", scratch / "picture.png", scratch / "out.png"});
  EXPECT_EQ(refused.code, 65);
  EXPECT_THAT(refused.err, HasSubstr("restores the mean of a section and 4 neighbours"));
}

struct Refusal {
  std::vector<std::string> arguments;
  int code;
  std::string says;
};

TEST_F(CommandVolume, RefusesWhatCannotBeRight) {
  train();
  write_metaimage(scratch / "short.mha", geometry, std::vector<std::int16_t>(1000));
  auto elsewhere = geometry;
  elsewhere.size[2] = 1;
  elsewhere.spacing[0] = 0.6;
  write_metaimage(scratch / "elsewhere.mha", elsewhere, {clean.begin(), clean.begin() + kCols * kRows});
  write_picture(scratch / "picture.png", scene({64, 64}, SampleType::uint16).view());
  fs::copy_file(scratch / "noisy.mha", scratch / "noisy.raw");
  const auto model = scratch / "model.safetensors", volume = scratch / "noisy.mha";
  const std::vector<std::string> train{"train", "--model", scratch / "new.safetensors", "--degraded", volume, "--clean"};
  const auto with = [](std::vector<std::string> first, const std::vector<std::string>& more) {
    first.insert(first.end(), more.begin(), more.end());
    return first;
  };
  const Refusal refusals[] = {
      {with(train, {scratch / "clean.mha"}), 64, "is a volume; say with --slice N"},
      {with(train, {scratch / "clean.mha", "--slice", "20"}), 64, "20"},
      {with(train, {scratch / "elsewhere.mha", "--slice", "2"}), 65, "its samples are 0.6 apart along x"},
      {{"restore", "--model", model, scratch / "short.mha", scratch / "out.mha"}, 65, "short.mha"},
      {{"restore", "--model", model, volume, volume}, 64, "noisy.mha"},
      {{"restore", "--model", model, volume, scratch / "missing" + std::string("/out.mha")}, 73, "missing"},
      {{"restore", "--model", model, volume, scratch / "out.raw", "--raw-size", "80x64"}, 64, "COLUMNSxROWSxSECTIONS"},
      {{"measure", volume, scratch / "elsewhere.mha"}, 65, "both must be of one size"},
      {{"measure", volume, scratch / "clean.mha", "--common"}, 64, "leave out --common"},
      {{"measure", "--oct", volume}, 65, "holds int16, which says nothing of black and white"},
      {{"restore", "--model", model, volume, scratch / "out.mha", "--raw-type", "int8"}, 64, "add --raw-size"},
      {{"restore", "--model", model, scratch / "picture.png", scratch / "out.png", "--axis", "x"}, 64, "leave out --axis"},
      {{"measure", scratch / "picture.png", scratch / "picture.png", "--series", "1"}, 64, "leave out --series"},
      {{"measure", scratch / "picture.png", scratch / "picture.png", "--except", "1"}, 64, "there is no frame 1"},
      {{"restore", "--model", model, volume, scratch / "out.mha", "--residual", scratch / "out.mha"}, 64, "is the output, too"},
      // Values of int16 that a section holds moved up are not those of uint16.
      {{"restore", "--model", model, scratch / "picture.png", scratch / "out.png"}, 65, "was trained on int16"},
      {{"restore", "--model", model, scratch / "noisy.raw", scratch / "out.mha", "--raw-size", "80x64x20", "--raw-type", "uint16", "--raw-header",
        std::to_string(metaimage_header(geometry, "MET_SHORT").size())},
       65,
       "holds uint16, the model was trained on int16"},
  };
  for (const auto& refusal : refusals) {
    const auto result = firstframe_command(refusal.arguments);
    EXPECT_EQ(result.code, refusal.code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(refusal.says));
  }
  EXPECT_FALSE(fs::exists(scratch / "out.mha"));
}

TEST_F(CommandVolume, MeasuresOctFiguresInAGivenRange) {
  const auto cnr = [&](const std::string& range) {
    return Json::parse(ok({"measure", "--oct", scratch / "noisy.mha", scratch / "clean.mha", "--except", "2", "--range", range, "--roi",
                           "background=0,0,24x24", "--roi", "layer=30,30,24x24", "--json"}));
  };
  const auto narrow = cnr("-1500:1500"), wide = cnr("-3000:3000");
  EXPECT_EQ(narrow["frames"], kSections - 1);
  EXPECT_NEAR(wide["mean"]["psnr_db"].get<double>() - narrow["mean"]["psnr_db"].get<double>(), 20 * std::log10(2), 1e-3);
}

TEST_F(CommandVolume, TrainsBytesOfBothSignsInTheirFullRange) {
  const auto write = [&](const std::string& name, const std::vector<std::int16_t>& samples) {
    auto content = metaimage_header(geometry, "MET_CHAR");
    for (const auto sample : samples) content.push_back(static_cast<char>(sample / 20));
    std::ofstream(scratch / name, std::ios::binary) << content;
  };
  write("clean.mha", clean);
  write("noisy.mha", noisy(clean, 200));
  train();
  EXPECT_FALSE(Json::parse(ok({"inspect", scratch / "model.safetensors", "--json"})).contains("trained_range"));
}

TEST_F(CommandVolume, MeasuresAPartOfTheSections) {
  const auto mean = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> arguments{"measure", scratch / "noisy.mha", scratch / "clean.mha", "--json", "--range", "-1000:1000"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return Json::parse(ok(arguments));
  };
  EXPECT_EQ(mean({"--skip", "3"})["sections"], kSections - 3);
  EXPECT_NE(mean({"--crop", "8"})["mean"], mean({})["mean"]);
}

// A value that is no number stops a run after three sections, and leaves its draft.
TEST_F(CommandVolume, GoesOnWithADraftOfTheSameFlagsAlone) {
  auto header = metaimage_header(geometry, "MET_FLOAT");
  const auto bytes_before = std::to_string(header.size());
  std::vector<float> samples(clean.begin(), clean.end());
  samples[static_cast<std::size_t>(3 * kRows * kCols + 5)] = NAN;
  header.append(reinterpret_cast<const char*>(samples.data()), samples.size() * 4);
  std::ofstream(scratch / "nan.mha", std::ios::binary) << header;
  Section point(SampleType::uint8, 1, {3, 3});
  point.samples<std::uint8_t>()[4] = 255;
  write_picture(scratch / "kernel.png", point.view());

  const auto restore = [&](const std::vector<std::string>& flags, bool resume) {
    std::vector<std::string> arguments{"restore", scratch / "nan.mha", scratch / "out.mha"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    if (resume) arguments.push_back("--resume");
    return firstframe_command(arguments);
  };
  const std::vector<std::string> range{"--range", "-1000:1000"}, nlm{"--restorer", "nlm", "--noise-sigma", "5"},
      wiener{"--restorer", "wiener", "--noise-sigma", "5", "--kernel", scratch / "kernel.png"},
      raw{"--raw-size", "80x64x20", "--raw-type", "float32", "--raw-header", bytes_before};
  const auto all = [](std::vector<std::string> flags, const std::vector<std::string>& more, const std::vector<std::string>& last) {
    flags.insert(flags.end(), more.begin(), more.end());
    flags.insert(flags.end(), last.begin(), last.end());
    return flags;
  };
  const auto expect_other = [&](const std::vector<std::string>& first, const std::vector<std::string>& second) {
    ASSERT_EQ(restore(first, false).code, 65) << "a value is no number";
    ASSERT_TRUE(fs::exists(scratch / "out.mha.part"));
    EXPECT_EQ(restore(first, true).code, 65) << "gone on with, up to that value";
    const auto refused = restore(second, true);
    EXPECT_EQ(refused.code, 64) << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("made from another input, model or settings"));
  };
  expect_other(all(nlm, range, {}), all(nlm, {"--range", "-1000.00001:1000"}, {}));
  expect_other(all(nlm, range, {"--strength", "0.8"}), all(nlm, range, {"--strength", "0.80000001"}));
  expect_other(all(nlm, range, raw), all(nlm, range, all(raw, {"--raw-big-endian"}, {})));

  ASSERT_EQ(restore(all(wiener, range, {}), false).code, 65);
  point.samples<std::uint8_t>()[1] = 200;
  write_picture(scratch / "kernel.png", point.view());
  EXPECT_EQ(restore(all(wiener, range, {}), true).code, 64) << "another kernel of the same name";
}

TEST_F(CommandVolume, NamesTheSectionOfAValueThatIsNoNumber) {
  auto header = metaimage_header(geometry, "MET_FLOAT");
  std::vector<float> samples(clean.begin(), clean.end());
  samples[static_cast<std::size_t>(3 * kRows * kCols + 5)] = NAN;
  header.append(reinterpret_cast<const char*>(samples.data()), samples.size() * 4);
  std::ofstream(scratch / "nan.mha", std::ios::binary) << header;
  train();
  const auto result = firstframe_command({"restore", "--model", scratch / "model.safetensors", scratch / "nan.mha",
                                          scratch / "out.mha", "--range", "-1000:1000"});
  EXPECT_EQ(result.code, 65);
  EXPECT_THAT(result.err, HasSubstr("section 3: section: the value at channel 0, row 0, column 5 is NaN"));
}

}  // namespace
}  // namespace firstframe
