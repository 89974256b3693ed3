// SEG-Y through the command: one annotated line trains, the survey is restored.

#include "tests/pipelines/cli/segy_survey.h"

namespace firstframe {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

using CommandSegy = SegySurvey;

TEST_F(CommandSegy, RestoresASurveyFromOneAnnotatedLine) {
  use_good_model();
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.sgy", "--residual", scratch / "removed.sgy"});
  EXPECT_GT(snr("out.sgy"), snr("noisy.sgy") + 1.5);
  EXPECT_EQ(masked("out.sgy"), masked("noisy.sgy"));
  EXPECT_EQ(masked("removed.sgy"), masked("noisy.sgy"));
  for (const std::size_t trace : {0, 77, 239})
    for (const std::size_t sample : {0, 31, 63})
      EXPECT_NEAR(residual_at("noisy.sgy", trace, sample) - residual_at("out.sgy", trace, sample), residual_at("removed.sgy", trace, sample), 0.1);
}

TEST_F(CommandSegy, TrainsOnVariationsOfOneLine) {
  ASSERT_EQ(train({"--variations", "4"}).code, 0);
  const auto settings = Json::parse(ok({"inspect", "--json", scratch / "model.safetensors"}).out)["settings"].get<std::string>();
  EXPECT_THAT(settings, HasSubstr(" variations=4"));
  EXPECT_THAT(settings, HasSubstr("augment=none"));
  EXPECT_THAT(settings, HasSubstr("sample-interval-us=4000"));
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.sgy"});
  EXPECT_GT(snr("out.sgy"), snr("noisy.sgy") + 1.5);
  fs::remove(scratch / "out.sgy");
  expect_refused(train({"--variations", "4", "--agc", "100"}), 64, "leave out --agc or --variations");
}

TEST_F(CommandSegy, VariesIntegersWithTheirSignAndNeighbours) {
  recipe.format = 3;
  put_segy(scratch / "noisy.sgy", recipe);
  ASSERT_EQ(train({"--variations", "4", "--neighbours", "1"}).code, 0);
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.sgy"});
  EXPECT_GT(snr("out.sgy"), snr("noisy.sgy") + 1.5);
}

TEST_F(CommandSegy, LeavesDeadTracesAloneAndTheirNeighboursWell) {
  auto holed = recipe;
  holed.is_marked_dead = [](int inl, int xl) { return inl == 2 && xl == 11; };
  holed.value = [this](int inl, int xl, int o, int s) { return inl == 3 && xl == 20 ? 0 : inl == 2 && xl == 11 ? 9000 : recipe.value(inl, xl, o, s); };
  put_segy(scratch / "noisy.sgy", holed);
  ASSERT_EQ(train().code, 0);
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.sgy", "--residual", scratch / "removed.sgy"});
  const auto before = content_of(scratch / "noisy.sgy"), after = content_of(scratch / "out.sgy");
  for (const std::size_t trace : {2 * 40 + 11, 3 * 40 + 20}) {
    EXPECT_EQ(after.substr(3600 + trace * 496, 496), before.substr(3600 + trace * 496, 496));
    EXPECT_EQ(residual_at("removed.sgy", trace, 30), 0);
  }
  for (int sample = 0; sample < 64; ++sample) {
    EXPECT_LT(std::abs(residual_at("out.sgy", 2 * 40 + 12, sample)), 2500);  // the 9000 next door have not come in
  }
  EXPECT_GT(snr("out.sgy"), snr("noisy.sgy") + 1.5);
}

TEST_F(CommandSegy, GoesOnAfterAStopWithTheSameBytes) {
  use_good_model();
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "whole.sgy"});
  const auto whole = content_of(scratch / "whole.sgy");
  const auto stopped = firstframe_command({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.sgy"}, SIGTERM,
                                          [&] { wait_until([&] { return fs::exists(scratch / "out.sgy.part") || fs::exists(scratch / "out.sgy"); }); });
  EXPECT_THAT(stopped.code, testing::AnyOf(75, 0)) << stopped.err;
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.sgy", "--resume"});
  EXPECT_EQ(content_of(scratch / "out.sgy"), whole);
}

TEST_F(CommandSegy, WarnsOfAnotherSampleIntervalAndOtherAmplitudes) {
  use_good_model();
  EXPECT_THAT(ok({"inspect", scratch / "model.safetensors"}).out, HasSubstr("sample-interval-us=4000"));
  auto other = recipe;
  other.interval_us = other.trace_interval_us = 2000;
  other.value = [this](int inl, int xl, int o, int s) { return recipe.value(inl, xl, o, s) / 100; };
  put_segy(scratch / "other.sgy", other);
  const auto result = restore(scratch / "other.sgy", scratch / "out.sgy");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.err, HasSubstr("other.sgy: its samples are 2000 us apart, the model was trained on samples 4000 us apart; resample"));
  EXPECT_THAT(result.err, HasSubstr("other.sgy: 99.9 % of its samples lie in -"));
  EXPECT_THAT(restore(scratch / "noisy.sgy", scratch / "again.sgy").err, Not(HasSubstr("warning")));
}

TEST_F(CommandSegy, TakesAJobDeck) {
  std::ofstream(scratch / "job.par") << "# a job\nmodel=" << scratch / "model.safetensors" << "  in=" << scratch / "noisy.sgy"
                                     << "\nout='" << scratch / "out.sgy" << "' resume=0\nresidual=" << scratch / "removed.sgy" << " # both\n";
  std::ofstream(scratch / "train.par") << "degraded=" << scratch / "noisy.sgy" << " clean=" << scratch / "clean.sgy"
                                       << " slice=2 restorer=linear model=" << scratch / "model.safetensors" << "\n";
  ok({"train", "--par", scratch / "train.par"});
  ok({"restore", "par=" + scratch / "job.par"});
  EXPECT_TRUE(fs::exists(scratch / "out.sgy"));
  EXPECT_TRUE(fs::exists(scratch / "removed.sgy"));
  ok({"restore", "par=" + scratch / "job.par", "--residual", scratch / "other.sgy"});  // what is typed stands over the deck
  EXPECT_TRUE(fs::exists(scratch / "other.sgy"));
  fs::remove(scratch / "out.sgy");
  fs::copy_file(scratch / "noisy.sgy", scratch / "typed.sgy");
  ok({"restore", scratch / "typed.sgy", scratch / "here.sgy", "--residual", scratch / "rest.sgy", "par=" + scratch / "job.par"});
  EXPECT_TRUE(fs::exists(scratch / "here.sgy"));
  EXPECT_FALSE(fs::exists(scratch / "out.sgy"));
  ok({"restore", "par=" + scratch / "job.par", scratch / "typed.sgy"});  // the output is the deck's
  EXPECT_TRUE(fs::exists(scratch / "out.sgy"));
  fs::remove(scratch / "out.sgy");

  const auto refused = [&](const std::string& deck, const std::string& sentence) {
    std::ofstream(scratch / "bad.par") << deck;
    expect_refused(firstframe_command({"restore", "par=" + scratch / "bad.par"}), 64, sentence);
  };
  refused("model=m\nspeed=9\n", "bad.par: line 2: 'speed' is no setting of restore; firstframe restore --help lists them");
  refused("model=m\nmodel=n\n", "bad.par: line 2: 'model' stands in line 1, too; keep one of them");
  refused("model\n", "bad.par: line 1: 'model' is no key=value");
  refused("model='m\n", "bad.par: line 1: the quotation mark of model is not closed");
  refused("resume=maybe\n", "bad.par: line 1: 'resume' is on or off; 'maybe' is neither, use 1 or 0");
  EXPECT_EQ(firstframe_command({"restore", "par=" + scratch / "none.par"}).code, 65);
}

TEST_F(CommandSegy, IsAFilterForSu) {
  use_good_model();
  auto su = recipe;
  su.su = true;
  su.format = 5;
  su.big_endian = false;
  put_segy(scratch / "in.su", su);
  const auto filter = [&](const std::string& from, const std::string& more = "") {
    return run_program({"sh", "-c", std::string(FIRSTFRAME_BINARY_DIR) + "/bin/firstframe restore --model " + scratch / "model.safetensors" + " - - " +
                                        more + " < " + from + " > " + scratch / "out.su"});
  };
  const auto result = filter(scratch / "in.su");
  EXPECT_EQ(result.code, 0) << result.err;
  const auto before = content_of(scratch / "in.su"), after = content_of(scratch / "out.su");
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t at = 0; at < before.size(); at += 496) ASSERT_EQ(after.substr(at, 240), before.substr(at, 240));
  EXPECT_NE(after, before);
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "in.su", scratch / "file.su"});
  EXPECT_EQ(content_of(scratch / "file.su"), after);
  EXPECT_EQ(filter("/dev/null").code, 65);
  EXPECT_THAT(filter("/dev/null").err, HasSubstr("standard input: holds no trace; pipe SU traces into the command"));
  std::ofstream(scratch / "cut.su", std::ios::binary) << before.substr(0, before.size() - 100);
  EXPECT_THAT(filter(scratch / "cut.su").err, HasSubstr("is cut, or a header lies"));
  EXPECT_EQ(filter(scratch / "in.su", "--resume").code, 64);
}

TEST_F(CommandSegy, LeavesNothingBehindWhenTheReaderOfItsPipeGoes) {
  use_good_model();
  auto su = recipe;
  su.su = true;
  su.format = 5;
  put_segy(scratch / "in.su", su);
  fs::create_directory(scratch / "tmp");
  const auto result = run_program({"sh", "-c", "{ TMPDIR=" + scratch / "tmp" + " " + std::string(FIRSTFRAME_BINARY_DIR) +
                                                   "/bin/firstframe restore --model " + scratch / "model.safetensors" + " - - < " +
                                                   scratch / "in.su" + "; echo $? > " + scratch / "code" + "; } | true"});
  EXPECT_THAT(result.err, HasSubstr("standard output: cannot be written: Broken pipe"));
  EXPECT_EQ(content_of(scratch / "code"), "73\n");
  EXPECT_TRUE(fs::is_empty(scratch / "tmp"));
}

TEST_F(CommandSegy, TrainsUnderGainAndTakesItAwayAgain) {
  auto fading = [](double value, int sample) { return value * std::exp(-0.06 * sample); };
  auto clean = recipe;
  clean.value = [=](int inl, int xl, int, int s) { return fading(event(inl, xl, s), s); };
  put_segy(scratch / "clean.sgy", clean);
  recipe.value = [=](int inl, int xl, int, int s) { return fading(event(inl, xl, s) + noise(inl, xl, s), s); };
  put_segy(scratch / "noisy.sgy", recipe);
  ASSERT_EQ(train({"--agc", "100"}).code, 0);
  EXPECT_THAT(ok({"inspect", scratch / "model.safetensors"}).out, HasSubstr("agc-ms=100"));
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.sgy"});
  EXPECT_GT(snr("out.sgy"), snr("noisy.sgy") + 1);  // amplitudes are the survey's again
  fs::remove(scratch / "out.sgy");
  expect_refused(restore(scratch / "noisy.sgy", scratch / "out.sgy", {"--range", "-1:1"}), 64, "under automatic gain control");
  EXPECT_EQ(train({"--agc", "100", "--range", "-1:1"}).code, 64);
}

TEST_F(CommandSegy, InspectsAFile) {
  auto lying = recipe;
  lying.trace_says = 462;
  lying.is_marked_dead = [](int inl, int xl) { return inl == 1 && xl == 1; };
  put_segy(scratch / "lying.sgy", lying);
  const auto json = Json::parse(ok({"inspect", scratch / "lying.sgy", "--json"}).out);
  EXPECT_EQ(json["kind"], "SEG-Y");
  EXPECT_EQ(json["sample_format"], "1 IBM float");
  EXPECT_EQ(json["geometry"]["sections"], 6);
  EXPECT_EQ(json["geometry"]["first_section"], "inline 10");
  EXPECT_EQ(json["geometry"]["across"], "crosslines 200 to 278");
  EXPECT_EQ(json["marked_dead"], 1);
  EXPECT_EQ(json["text_header"].size(), 40u);
  EXPECT_THAT(json["contradictions"][0].get<std::string>(), HasSubstr("64 was believed, since such traces fill the file"));
  EXPECT_THAT(ok({"inspect", scratch / "lying.sgy"}).out, HasSubstr("\n    its binary header says 64 samples per trace"));
  EXPECT_EQ(Json::parse(ok({"inspect", scratch / "lying.sgy", "--json", "--sections", "crossline"}).out)["geometry"]["sections"], 40);
  EXPECT_EQ(Json::parse(ok({"inspect", scratch / "lying.sgy", "--json", "--gather-byte", "9"}).out)["geometry"]["section_is"], "gathers");
}

TEST_F(CommandSegy, TakesLineNumbersFromOtherBytes) {
  recipe.inline_byte = 9;
  recipe.crossline_byte = 21;
  put_segy(scratch / "other.sgy", recipe);
  use_good_model();
  const auto unstructured = restore(scratch / "other.sgy", scratch / "all.sgy");
  EXPECT_EQ(unstructured.code, 0);
  EXPECT_THAT(unstructured.err, HasSubstr("all traces are one section, in the file's order"));
  const auto result = restore(scratch / "other.sgy", scratch / "lines.sgy", {"--inline-byte", "9", "--crossline-byte", "21"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.err, "");
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.sgy"});
  EXPECT_EQ(content_of(scratch / "lines.sgy").substr(3840, 256), content_of(scratch / "out.sgy").substr(3840, 256));
}

TEST_F(CommandSegy, RestoresAFileOfOneTraceAndAnAllDeadOne) {
  use_good_model();
  auto one = recipe;
  one.inlines = one.crosslines = 1;
  put_segy(scratch / "one.sgy", one);
  EXPECT_EQ(restore(scratch / "one.sgy", scratch / "restored.sgy").code, 0);
  one.inlines = 2;
  one.crosslines = 20;
  one.value = [](int, int, int, int) { return 0; };
  put_segy(scratch / "dead.sgy", one);
  EXPECT_EQ(restore(scratch / "dead.sgy", scratch / "restored.sgy").code, 0);
  EXPECT_EQ(content_of(scratch / "restored.sgy"), content_of(scratch / "dead.sgy"));
}

TEST_F(CommandSegy, GivesSignalBackInABatchAsRestoreDoes) {
  use_good_model();
  const auto input = scratch / "noisy.sgy", model = scratch / "model.safetensors", batch = scratch / "batch";
  ok({"restore", "--model", model, input, scratch / "whole.sgy", "--orthogonalise"});
  ok({"restore", "--model", model, input, scratch / "as_it_is.sgy"});
  ok({"batch", "plan", "--model", model, input, "--output-dir", batch, "--shards", "2", "--orthogonalise"});
  ok({"batch", "run", batch, "--shard", "all"});
  ok({"batch", "merge", batch});
  EXPECT_EQ(content_of(batch + "/noisy.sgy"), content_of(scratch / "whole.sgy"));
  EXPECT_NE(content_of(batch + "/noisy.sgy"), content_of(scratch / "as_it_is.sgy"));
}

TEST_F(CommandSegy, GivesVolumesToo) {
  use_good_model();
  ok({"restore", "--model", scratch / "model.safetensors", scratch / "noisy.sgy", scratch / "out.nrrd"});
  const auto json = Json::parse(ok({"inspect", scratch / "out.nrrd", "--json"}).out);
  EXPECT_EQ(json["size"], Json({40, 64, 6}));
  EXPECT_EQ(json["stored_type"], "float32");
}

}  // namespace
}  // namespace firstframe
