#include "core/seismic/reflectivity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

ReflectivitySettings flat() {
  ReflectivitySettings settings;
  settings.dip = settings.curvature = settings.faults = settings.variation = 0;
  return settings;
}

std::int64_t reflectors(const Traces& section) {
  return std::count_if(section.values.begin(), section.values.end(), [](double value) { return value != 0; });
}

// Traces that are not as their left neighbour is.
std::int64_t changes(const Traces& section) {
  std::int64_t count = 0;
  for (std::int64_t col = 1; col < section.extent.cols; ++col) {
    bool is_other = false;
    for (std::int64_t row = 0; row < section.extent.rows; ++row) is_other = is_other || section.at(row, col) != section.at(row, col - 1);
    count += is_other;
  }
  return count;
}

TEST(Reflectivity, OfFlatGroundIsTheSameInEveryTrace) { EXPECT_EQ(changes(draw_reflectivity(flat(), 1)), 0); }

TEST(Reflectivity, OfVerticalFaultsChangesAtTheFaultsAlone) {
  auto settings = flat();
  settings.faults = 3;
  settings.fault_slope = 0;
  std::int64_t all = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) all += changes(draw_reflectivity(settings, seed));
  EXPECT_NEAR(static_cast<double>(all) / 20, 3, 1.2);  // a Poisson mean of 60 draws
}

TEST(Reflectivity, IsSparseAsItsSpacingSays) {
  auto settings = flat();
  settings.extent = {4096, 4};
  settings.spacing = 16;
  EXPECT_NEAR(static_cast<double>(reflectors(draw_reflectivity(settings, 3))) / 4, 4096.0 / 16, 40);
}

TEST(Reflectivity, HasTheStrengthItWasAskedFor) {
  for (const auto law : {ReflectionLaw::laplacian, ReflectionLaw::bernoulli_gaussian}) {
    auto settings = flat();
    settings.extent = {32000, 1};
    settings.law = law;
    const auto section = draw_reflectivity(settings, 7);
    EXPECT_NEAR(std::sqrt(energy_of(section) / static_cast<double>(reflectors(section))), settings.strength, 0.006);
  }
}

TEST(Reflectivity, LaplacianIsMoreUnequalThanGaussian) {
  const auto fourth = [](ReflectionLaw law) {
    auto settings = flat();
    settings.extent = {32000, 1};
    settings.law = law;
    const auto section = draw_reflectivity(settings, 7);
    double sum = 0;
    for (const double value : section.values) sum += std::pow(value, 4);
    return sum * static_cast<double>(reflectors(section)) / std::pow(energy_of(section), 2);
  };
  EXPECT_NEAR(fourth(ReflectionLaw::bernoulli_gaussian), 3, 0.5);
  EXPECT_NEAR(fourth(ReflectionLaw::laplacian), 6, 1.5);
}

TEST(Reflectivity, IsTheSameForOneSeedAndAnotherForTheNext) {
  EXPECT_EQ(draw_reflectivity({}, 5).values, draw_reflectivity({}, 5).values);
  EXPECT_NE(draw_reflectivity({}, 5).values, draw_reflectivity({}, 6).values);
}

TEST(Reflectivity, RefusesWhatIsOutOfRange) {
  auto settings = flat();
  settings.spacing = 1;
  EXPECT_EQ(message_of<ArgumentError>([&] { draw_reflectivity(settings, 1); }), "synth: spacing 1 is not accepted; use 2..1e+06");
}

}  // namespace
}  // namespace firstframe
