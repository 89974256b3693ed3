// Seismic sections through the command: drawn, restored, trained on, measured.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/io/seismic/segy_files.h"
#include "tests/support/command.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

class CommandSeismic : public testing::Test {
 protected:
  void SetUp() override {
    ok({"synth", "seismic", "--out-dir", scratch / "a", "--sections", "3", "--samples", "128", "--traces", "64", "--snr", "0", "--seed", "5"});
  }
  static std::string ok(const std::vector<std::string>& arguments) {
    const auto result = firstframe_command(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result.out;
  }
  static void refused(const std::vector<std::string>& arguments, int code, const std::string& message) {
    const auto result = firstframe_command(arguments);
    EXPECT_EQ(result.code, code);
    EXPECT_THAT(result.err, HasSubstr(message));
  }
  std::string content(const std::string& name) {
    std::ifstream file(scratch / name, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
  Json measured(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"measure", "--seismic", "--json"});
    return Json::parse(ok(arguments));
  }

  ScratchFolder scratch;
};

TEST_F(CommandSeismic, DrawsTheSameSectionsForOneSeed) {
  ok({"synth", "seismic", "--out-dir", scratch / "b", "--sections", "3", "--samples", "128", "--traces", "64", "--snr", "0", "--seed", "5"});
  for (const std::string file : {"seismic.mha", "clean.mha", "reflectivity.mha"}) EXPECT_EQ(content("a/" + file), content("b/" + file));
  EXPECT_EQ(Json::parse(content("a/synth.json"))["snr_db"], 0);
  EXPECT_NEAR(measured({scratch / "a/seismic.mha", scratch / "a/seismic.mha", scratch / "a/clean.mha"})["mean"]["restored_snr_db"].get<double>(), 0, 1e-3);
}

TEST_F(CommandSeismic, FxRaisesTheSnrAndMeasureSaysSo) {
  ok({"restore", "--restorer", "fx", scratch / "a/seismic.mha", scratch / "fx.mha"});
  const auto json = measured({scratch / "fx.mha", scratch / "a/seismic.mha", scratch / "a/clean.mha", "--wedge", "fx", "--per-frame"});
  EXPECT_EQ(json["sections"], 3);
  EXPECT_NEAR(json["mean"]["degraded_snr_db"].get<double>(), 0, 1e-3);
  EXPECT_GT(json["mean"]["restored_snr_db"], 3);
  EXPECT_NEAR(json["mean"]["removed_percent"].get<double>(), 50, 20);
  EXPECT_EQ(json["per_section"].size(), 3u);
  EXPECT_LT(std::abs(json["wedge"]["gain_error_percent"].get<double>()), 60);
  EXPECT_EQ(json["spectra"]["unit"], "cycles per sample");
}

TEST_F(CommandSeismic, FlagsAndGivesBackWhatLookedLikeSignal) {
  // f-x with filters so short and stiff that signal goes with the noise.
  ok({"restore", "--restorer", "fx", "--fx-length", "1", "--fx-prewhitening", "5", scratch / "a/clean.mha", scratch / "hurt.mha"});
  const auto before = measured({scratch / "hurt.mha", scratch / "a/clean.mha", "--gate", "0.3", "--blend", scratch / "back.mha"});
  EXPECT_EQ(before["flagged"].size(), 3u);
  const auto after = measured({scratch / "back.mha", scratch / "a/clean.mha"});
  EXPECT_LT(after["mean"]["residual_rms"].get<double>(), 0.5 * before["mean"]["residual_rms"].get<double>());
}

TEST_F(CommandSeismic, GivesRemovedSignalBackToSeismicSectionsOnly) {
  ok({"restore", "--restorer", "fx", scratch / "a/seismic.mha", scratch / "fx.mha"});
  ok({"restore", "--restorer", "fx", "--orthogonalise", scratch / "a/seismic.mha", scratch / "whole.mha"});
  const auto similarity = [&](const std::string& name) {
    return measured({scratch / name, scratch / "a/seismic.mha"})["mean"]["similarity_p95"].get<double>();
  };
  EXPECT_LT(similarity("whole.mha"), 0.7 * similarity("fx.mha"));
  ok({"restore", "--restorer", "fx", "--orthogonalise", scratch / "a/seismic.mha", scratch / "again.mha", "--threads", "1"});
  EXPECT_EQ(content("again.mha"), content("whole.mha"));
  std::ofstream(scratch / "bare.raw") << std::string(64 * 64 * 2, 'x');
  refused({"restore", "--restorer", "fx", "--orthogonalise", "--raw-size", "64x64x1", scratch / "bare.raw", scratch / "out.mha"}, 64,
          "holds uint16; seismic sections, SEG-Y, SU or volumes of float32, are accepted");
}

TEST_F(CommandSeismic, DrawsPlotsOfTheWorstSections) {
  ok({"restore", "--restorer", "fx", scratch / "a/seismic.mha", scratch / "fx.mha"});
  ok({"measure", "--seismic", scratch / "fx.mha", scratch / "a/seismic.mha", "--plots", scratch / "plots"});
  for (int i = 0; i < 3; ++i) EXPECT_GT(fs::file_size(scratch / ("plots/section_" + std::to_string(i) + ".png")), 20'000u);
}

TEST_F(CommandSeismic, TrainsOnSectionsSideBySide) {
  ok({"synth", "seismic", "--out-dir", scratch / "wide", "--sections", "4", "--samples", "96", "--traces", "48", "--side-by-side", "--seed", "8"});
  ok({"train", "--restorer", "linear", "--degraded", scratch / "wide/seismic.mha", "--clean", scratch / "wide/reflectivity.mha", "--slice", "0",
      "--model", scratch / "m.safetensors"});
  ok({"restore", "--model", scratch / "m.safetensors", scratch / "a/seismic.mha", scratch / "found.mha"});
  EXPECT_EQ(content("found.mha").size(), content("a/seismic.mha").size());
}

TEST_F(CommandSeismic, TrainsOnVariationsOfOneSection) {
  const auto model = [&](const std::string& name, const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"train", "--restorer", "linear", "--degraded", scratch / "a/seismic.mha", "--clean", scratch / "a/clean.mha",
                                       "--slice", "1", "--model", scratch / name};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ok(arguments);
    return Json::parse(ok({"inspect", "--json", scratch / name}));
  };
  const auto plain = model("plain.safetensors", {}), varied = model("varied.safetensors", {"--variations", "3"});
  EXPECT_THAT(varied["settings"].get<std::string>(), testing::EndsWith(" variations=3"));
  EXPECT_THAT(varied["settings"].get<std::string>(), HasSubstr("augment=none"));
  EXPECT_THAT(plain["settings"].get<std::string>(), testing::Not(HasSubstr("variations")));
  EXPECT_NE(varied["pair"], plain["pair"]);
  EXPECT_EQ(varied["trained_range"]["low"], -varied["trained_range"]["high"].get<double>());
  ok({"restore", "--model", scratch / "varied.safetensors", scratch / "a/seismic.mha", scratch / "restored.mha"});
  const auto json = measured({scratch / "restored.mha", scratch / "a/seismic.mha", scratch / "a/clean.mha"});
  EXPECT_GT(json["mean"]["restored_snr_db"].get<double>(), json["mean"]["degraded_snr_db"].get<double>() + 3);
}

TEST_F(CommandSeismic, VariesNeitherPicturesNorSamplesWithoutSign) {
  const auto varied = [&](const std::string& degraded, const std::string& clean) {
    return std::vector<std::string>{"train", "--restorer", "linear", "--degraded", scratch / degraded, "--clean", scratch / clean,
                                    "--slice", "0", "--variations", "3", "--model", scratch / "m.safetensors"};
  };
  const auto put_unsigned = [&](const std::string& name, int noise) {
    std::ofstream file(scratch / name, std::ios::binary);
    file << "ObjectType = Image\nNDims = 3\nDimSize = 48 40 1\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n";
    for (int i = 0; i < 48 * 40; ++i) file.put(static_cast<char>(60 + 3 * (i / 48) + noise * (i * 7919 % 31)));
  };
  put_unsigned("noisy.mha", 1);
  put_unsigned("clean.mha", 0);
  refused(varied("noisy.mha", "clean.mha"), 64, "variations: uint8 has no negative values");
  refused(varied("a.png", "b.png"), 64, "is no volume and no SEG-Y; seismic sections are varied, not pictures");
  auto too_many = varied("noisy.mha", "clean.mha");
  too_many[10] = "-1";
  refused(too_many, 64, "--variations");
  EXPECT_FALSE(fs::exists(scratch / "m.safetensors"));
}

TEST_F(CommandSeismic, TakesAnEstimatedWaveletAndOneFromAFile) {
  ok({"synth", "seismic", "--out-dir", scratch / "c", "--wavelet", "estimate:" + (scratch / "a/seismic.mha"), "--samples", "64", "--traces", "16"});
  ok({"synth", "seismic", "--out-dir", scratch / "d", "--wavelet", scratch / "c/wavelet.txt", "--samples", "64", "--traces", "16"});
  EXPECT_EQ(content("c/reflectivity.mha"), content("d/reflectivity.mha"));
}

TEST_F(CommandSeismic, FiguresCountLiveTracesOnly) {
  // Two sections of 10 traces of one strength, of which one, beside two that are not there, is 8 times as strong: what is filled in
  // between lies far above the others.
  SegyRecipe recipe{.inlines = 2, .crosslines = 10, .samples = 64};
  const auto strength = [](int xl) { return xl == 6 ? 800.0 : 100.0; };
  recipe.value = [&](int inl, int xl, int, int sample) { return strength(xl) * std::sin(0.4 * sample + 0.3 * xl + inl); };
  put_segy(scratch / "whole.sgy", recipe);
  if (firstframe_command({"inspect", scratch / "whole.sgy"}).code == 69) GTEST_SKIP() << "built without SEG-Y";
  recipe.is_missing = [](int inl, int xl) { return inl == 0 && xl == 4; };
  recipe.is_marked_dead = [](int, int xl) { return xl == 5; };
  put_segy(scratch / "holes.sgy", recipe);
  recipe.value = [&](int inl, int xl, int, int sample) { return 0.5 * strength(xl) * std::sin(0.4 * sample + 0.3 * xl + inl); };
  put_segy(scratch / "half.sgy", recipe);
  const auto json = measured({scratch / "half.sgy", scratch / "holes.sgy", scratch / "whole.sgy", "--per-frame"});
  double energy = 0;
  for (int xl = 0; xl < 10; ++xl)
    for (int sample = 0; sample < 64; ++sample)
      if (xl != 4 && xl != 5) energy += std::pow(strength(xl) * std::sin(0.4 * sample + 0.3 * xl), 2);
  const auto& first = json["per_section"][0];
  EXPECT_NEAR(first["degraded_rms"].get<double>(), std::sqrt(energy / (8 * 64)), 0.01);
  EXPECT_NEAR(first["removed_percent"].get<double>(), 25, 1e-3);
  EXPECT_NEAR(first["restored_snr_db"].get<double>(), 6.0206, 1e-3);
  EXPECT_TRUE(first["degraded_snr_db"].is_null());  // no error where there are traces

  // Where nothing is live there is nothing to measure.
  recipe.is_marked_dead = [](int, int) { return true; };
  put_segy(scratch / "dead.sgy", recipe);
  refused({"measure", "--seismic", scratch / "dead.sgy", scratch / "dead.sgy"}, 65, "has no section with live traces");
}

TEST_F(CommandSeismic, BlendOverwritesNoInput) {
  const auto restored = scratch / "fx.mha", degraded = scratch / "a/seismic.mha", clean = scratch / "a/clean.mha";
  ok({"restore", "--restorer", "fx", degraded, restored});
  fs::create_symlink(degraded, scratch / "link.mha");
  for (const auto& [output, name] : std::vector<std::pair<std::string, std::string>>{
           {restored, "RESTORED"}, {degraded, "DEGRADED"}, {scratch / "a/../a/clean.mha", "CLEAN"}, {scratch / "link.mha", "DEGRADED"}}) {
    const auto before = content("a/seismic.mha") + content("a/clean.mha") + content("fx.mha");
    refused({"measure", "--seismic", restored, degraded, clean, "--blend", output}, 64,
            "blend: " + output + " is " + name + ", which is read and would be overwritten; name another output");
    EXPECT_EQ(content("a/seismic.mha") + content("a/clean.mha") + content("fx.mha"), before);
  }
}

TEST_F(CommandSeismic, TheWedgeIsRestoredAsRestoreWould) {
  SegyRecipe recipe{.inlines = 3, .crosslines = 24, .samples = 128, .format = 3};
  recipe.value = [](int inl, int xl, int, int sample) { return std::round(3000 * std::sin(0.5 * sample + 0.2 * xl + inl) * std::cos(0.11 * sample)); };
  put_segy(scratch / "line.sgy", recipe);
  if (firstframe_command({"inspect", scratch / "line.sgy"}).code == 69) GTEST_SKIP() << "built without SEG-Y";
  recipe.format = 5;
  put_segy(scratch / "floats.sgy", recipe);
  recipe.format = 3;
  recipe.value = [clean = recipe.value](int inl, int xl, int, int sample) { return clean(inl, xl, 0, sample) + (sample * 7919 + xl * 104729 + inl * 31) % 101 - 50; };
  put_segy(scratch / "noisy.sgy", recipe);
  const auto line = scratch / "line.sgy", floats = scratch / "floats.sgy", model = scratch / "m.safetensors";
  const std::vector<std::string> train{"train", "--restorer", "linear", "--degraded", scratch / "noisy.sgy", "--clean", line, "--slice", "1", "--model"};
  auto plain = train, beside = train;
  plain.push_back(model);
  ok(plain);
  EXPECT_NEAR(measured({line, line, "--wedge", model})["wedge"]["gain_error_percent"].get<double>(), 0, 5);
  // What restore refuses for want of a range is refused here, and what it takes is taken.
  refused({"measure", "--seismic", floats, floats, "--wedge", model}, 65, "holds float32, the model was trained on int16; say with --range");
  EXPECT_NEAR(measured({floats, floats, "--wedge", model, "--range", "-3000:3000"})["wedge"]["gain_error_percent"].get<double>(), 0, 5);
  refused({"measure", "--seismic", line, line, "--range", "-3000:3000"}, 64, "--range has a meaning for --seismic with --wedge MODEL only");
  beside.insert(beside.end(), {scratch / "n.safetensors", "--neighbours", "2"});
  ok(beside);
  refused({"measure", "--seismic", line, line, "--wedge", scratch / "n.safetensors"}, 64, "use a model that was trained without neighbours");
}

TEST_F(CommandSeismic, RefusesWhatItCannotUse) {
  const auto volume = scratch / "a/seismic.mha";
  refused({"synth", "seismic", "--out-dir", scratch / "e", "--wavelet", "ricker:500"}, 64, "wavelet: a Ricker peak of 500 Hz is not accepted at 4 ms");
  refused({"synth", "seismic", "--out-dir", scratch / "e", "--wavelet", scratch / "none.txt"}, 65, "none.txt: there is no such file");
  refused({"synth", "seismic", "--out-dir", volume}, 73, "seismic.mha: the folder cannot be made");
  refused({"measure", "--seismic", volume}, 64, "measure: DEGRADED is missing");
  refused({"measure", volume, volume, volume}, 64, "is a third input; only --seismic takes three");
  refused({"measure", volume, volume, "--gate", "0.2"}, 64, "belong to --seismic; add it");
  refused({"restore", "--restorer", "fx", "--fx-band", "low", volume, scratch / "x.mha"}, 64, "fx-band: 'low' is not accepted; use LOW:HIGH");
  refused({"restore", "--restorer", "fx", "--fx-length", "0", volume, scratch / "x.mha"}, 64, "restorer fx: filter length 0 is not accepted");
  EXPECT_FALSE(fs::exists(scratch / "e"));
}

}  // namespace
}  // namespace firstframe
