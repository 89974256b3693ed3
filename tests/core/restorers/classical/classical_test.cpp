#include "core/restorers/classical/classical.h"

#include "tests/core/restorers/classical/blurred.h"
#include "tests/core/support/box_restorer.h"
#include "tests/core/support/splits.h"
#include "tests/core/support/three_workers.h"
#include "tests/core/support/trained.h"

namespace firstframe {
namespace {

RestoreSettings with_threads(int threads) {
  RestoreSettings settings;
  settings.threads = threads;
  return settings;
}

// Two tiles, one above the other, but for wiener, which has one.
Extent two_tiles(const Restorer& restorer) {
  return {std::min<std::int64_t>(restorer.tile_needs({}).preferred_side, 512) + 3, 21};
}

ClassicalSettings quick(const std::string& method, Border border = Border::reflect) {
  auto settings = working(method, border);
  if (settings.iterations) settings.iterations = 2;
  if (method == "nlm") settings.noise_sigma = 60;  // changes even a scramble
  return settings;
}

TEST(Classical, GivesTheSameBytesForAnyNumberOfThreadsAndAnySplit) {
  for (const std::string method : kMethods) {
    const auto restorer = make_classical(quick(method));
    const auto degraded = scramble(SampleType::uint16, 1, two_tiles(*restorer));
    const auto with_one = restore(*restorer, degraded.view(), with_threads(1));
    EXPECT_FALSE(same_bytes(with_one, degraded)) << method;
    EXPECT_TRUE(same_bytes(restore(*restorer, degraded.view(), with_threads(3)), with_one)) << method;
    EXPECT_TRUE(
        same_bytes(restored_in_parts(*restorer, degraded, uneven_quarters(degraded.extent()), {}), with_one))
        << method;
  }
}

// A tile of any size, with the halo that the restorer asks for.
Section in_one_piece(const Restorer& restorer, const Section& degraded) {
  const auto halo = restorer.tile_needs({}).halo;
  const auto [rows, cols] = degraded.extent();
  std::vector<float> input(static_cast<std::size_t>((rows + 2 * halo) * (cols + 2 * halo)));
  load_normalised(degraded.view(), {-halo, -halo, rows + 2 * halo, cols + 2 * halo}, restorer.info().border,
                  input.data());
  Section restored(SampleType::float32, 1, degraded.extent());
  restorer.restore_tile({degraded.extent(), halo}, input,
                        {restored.samples<float>(), static_cast<std::size_t>(rows * cols)}, {});
  return restored;
}

TEST(Classical, ShowsNoSeamBetweenTiles) {
  for (const std::string method : kMethods) {
    auto settings = working(method);
    if (settings.prior) settings.prior = std::make_shared<BoxRestorer>(/*reach=*/1, /*side=*/64);
    const auto restorer = make_classical(settings);
    const Blurred scene(Border::reflect, two_tiles(*restorer));
    EXPECT_LT(largest_difference(restore(*restorer, scene.degraded.view()),
                                 in_one_piece(*restorer, scene.degraded)),
              0.5 / 255)
        << method;
  }
}

TEST(Classical, RestoresACircularSectionAlikeWhereverItStarts) {
  const Extent extent{60, 44};
  const auto moved = [&](const Section& section) {
    Section result(SampleType::float32, 1, extent);
    for (std::int64_t r = 0; r < extent.rows; ++r)
      for (std::int64_t c = 0; c < extent.cols; ++c)
        result.samples<float>()[(r + 17) % extent.rows * extent.cols + (c + 9) % extent.cols] =
            section.samples<float>()[r * extent.cols + c];
    return result;
  };
  for (const std::string method : kMethods) {
    const auto restorer = make_classical(quick(method, Border::circular));
    const Blurred scene(Border::circular, extent);
    EXPECT_LT(largest_difference(moved(restore(*restorer, scene.degraded.view())),
                                 restore(*restorer, moved(scene.degraded).view())),
              1e-4)
        << method;
  }
}

TEST(Classical, ServesSectionsOfAnySize) {
  for (const std::string method : kMethods)
    for (const auto border : {Border::reflect, Border::circular, Border::replicate})
      for (const Extent extent : {Extent{1, 1}, {1, 40}, {40, 1}, {7, 5}, {33, 47}}) {
        const auto restored =
            restore(*make_classical(quick(method, border)), scramble(SampleType::float32, 1, extent).view());
        for (const float value : values_of(restored))
          ASSERT_TRUE(std::isfinite(value)) << method << name_of(extent);
      }
}

TEST(Classical, TakesEveryTrainedRestorerAsPrior) {
  RestoreSettings settings;
  settings.stride = 4;  // of the rnn's patches, which tiles must then follow
  for (const std::string method : {"red", "pnp"})
    for (const std::string kind : kRestorers) {
      auto with_model = quick(method);
      with_model.prior = trained(kind);
      const auto degraded = scramble(SampleType::uint8, 1, {33, 47});
      EXPECT_FALSE(same_bytes(restore(*make_classical(with_model), degraded.view(), settings), degraded))
          << kind;
    }
}

TEST(Classical, LeavesAConstantSectionAsItIs) {
  Section grey(SampleType::uint8, 1, {40, 30});
  std::fill_n(grey.samples<std::uint8_t>(), grey.extent().area(), std::uint8_t{97});
  for (const std::string method : kMethods)
    EXPECT_TRUE(same_bytes(restore(*make_classical(quick(method)), grey.view()), grey)) << method;
}

TEST(Classical, SaysWhatItIsAndThatItHasNoWeights) {
  const auto restorer = make_classical(working("wiener", Border::replicate));
  EXPECT_EQ(restorer->info().restorer, "wiener");
  EXPECT_EQ(restorer->info().channels, 1);
  EXPECT_EQ(restorer->info().border, Border::replicate);
  EXPECT_EQ(restorer->info().receptive_field, 2 * 48 + 1);
  EXPECT_EQ(restorer->info().settings, "kernel-size=25 noise-sigma=1.414");
  EXPECT_EQ(message_of<ArgumentError>([&] { restorer->model(); }),
            "restorer wiener: has no weights to save; give its settings again where it is used");
}

TEST(Classical, StopsBetweenIterations) {
  std::stop_source source;
  source.request_stop();
  for (const std::string method : {"richardson-lucy", "red", "pnp"}) {
    auto settings = quick(method);
    settings.stop = source.get_token();
    const auto restorer = make_classical(settings);
    EXPECT_THROW(restore(*restorer, scramble(SampleType::uint8, 1, {20, 20}).view()), Cancelled) << method;
  }
}

std::string refusal(const std::string& method, void (*change)(ClassicalSettings&)) {
  auto settings = working(method);
  change(settings);
  return message_of<ArgumentError>([&] { make_classical(settings); });
}

TEST(Classical, KnowsItsNames) {
  for (const std::string method : kMethods) EXPECT_TRUE(is_classical(method));
  EXPECT_FALSE(is_classical("residual"));
  EXPECT_EQ(
      refusal("red", [](ClassicalSettings& s) { s.method = "bm3d"; }),
      "restorer: 'bm3d' is not one that works without training; use wiener, richardson-lucy, nlm, red, pnp, fx");
  for (const auto solver : {RedSolver::steepest_descent, RedSolver::fixed_point})
    EXPECT_EQ(red_solver_named(name_of(solver)), solver);
  EXPECT_EQ(red_solver_named("admm"), std::nullopt);
}

TEST(Classical, NamesTheSettingThatIsMissing) {
  EXPECT_EQ(refusal("wiener", [](ClassicalSettings& s) { s.kernel.reset(); }),
            "restorer wiener: kernel is missing; it needs kernel, noise-sigma (kernel box:1 where nothing is "
            "blurred)");
  EXPECT_EQ(refusal("nlm", [](ClassicalSettings& s) { s.noise_sigma.reset(); }),
            "restorer nlm: noise-sigma is missing; it needs noise-sigma");
  EXPECT_EQ(refusal("pnp", [](ClassicalSettings& s) { s.prior.reset(); }),
            "restorer pnp: prior is missing; it needs kernel, prior (kernel box:1 where nothing is blurred)");
}

TEST(Classical, NamesTheSettingThatAMethodDoesNotUse) {
  EXPECT_EQ(refusal("wiener", [](ClassicalSettings& s) { s.iterations = 5; }),
            "restorer wiener: iterations has no meaning for it; it uses kernel, noise-sigma");
  EXPECT_EQ(refusal("pnp", [](ClassicalSettings& s) { s.noise_sigma = 5; }),
            "restorer pnp: noise-sigma has no meaning for it; it uses kernel, prior, iterations, lambda");
  EXPECT_EQ(refusal("red", [](ClassicalSettings& s) { s.strength = 1; }),
            "restorer red: strength has no meaning for it; it uses kernel, noise-sigma, prior, iterations, "
            "lambda, solver");
}

TEST(Classical, RefusesValuesOutOfRange) {
  EXPECT_EQ(refusal("wiener", [](ClassicalSettings& s) { s.noise_sigma = 0; }),
            "restorer wiener: noise-sigma 0 is not accepted; use more than 0, at most 255");
  EXPECT_EQ(refusal("red", [](ClassicalSettings& s) { s.iterations = -1; }),
            "restorer red: iterations -1 is not accepted; use more than 0, at most 100000");
  EXPECT_EQ(refusal("pnp", [](ClassicalSettings& s) { s.lambda = 1.5; }),
            "restorer pnp: lambda 1.5 is not accepted; use more than 0, at most 1");
  EXPECT_EQ(refusal("nlm", [](ClassicalSettings& s) { s.strength = std::nan(""); }),
            "restorer nlm: strength nan is not accepted; use more than 0, at most 100");
}

TEST(Classical, RefusesAKernelThatIsNone) {
  EXPECT_EQ(refusal("wiener", [](ClassicalSettings& s) { s.kernel->taps.pop_back(); }),
            "restorer wiener: a kernel of size 25 with 624 taps is not accepted; use an odd size and size x "
            "size taps");
  EXPECT_EQ(refusal("wiener",
                    [](ClassicalSettings& s) {
                      s.kernel = Kernel{1, {2}};
                    }),
            "restorer wiener: the kernel's taps sum to 2; divide them by their sum");
  const Kernel sharpening{3, {0, 0, 0, -1, 3, -1, 0, 0, 0}};
  auto settings = working("richardson-lucy");
  settings.kernel = sharpening;
  EXPECT_EQ(
      message_of<ArgumentError>([&] { make_classical(settings); }),
      "restorer richardson-lucy: the kernel has negative taps, which light has not; use wiener, red or pnp");
}

TEST(Classical, RefusesAPriorOfSeveralChannels) {
  EXPECT_EQ(refusal("red",
                    [](ClassicalSettings& s) {
                      s.prior = std::make_shared<BoxRestorer>(/*reach=*/1, /*side=*/64, /*multiple=*/1,
                                                              /*channels=*/3);
                    }),
            "restorer red: a prior of 3 channels is not accepted; train one on the luma");
}

TEST(Classical, RefusesSwitchesOfTrainedRestorers) {
  ClassicalSettings settings;
  settings.method = "nlm";
  settings.noise_sigma = 5;
  const auto restorer = make_classical(settings);
  RestoreSettings eight;
  eight.ensemble = 8;
  EXPECT_EQ(message_of<ArgumentError>([&] { restorer->tile_needs(eight); }), "ensemble: restorer nlm has none; leave it out");
  RestoreSettings strided;
  strided.stride = 2;
  EXPECT_EQ(message_of<ArgumentError>([&] { restorer->tile_needs(strided); }), "stride: restorer nlm cuts no patches; leave it out");
}

}  // namespace
}  // namespace firstframe
