// The engine against LibTorch, which stays the reference: the same weights, whole tiles, one and eight ways.

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <map>
#include <numeric>

#include "core/engine/row_kernels.h"
#include "core/restorers/patch_restorer.h"
#include "core/restorers/pixel_restorer.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

struct Case {
  const char* restorer;
  Shape shape;
  std::int64_t channels = 1;
  const char* augment = "redegrade";
};

std::string name_of(const Case& one) {
  std::string name = one.restorer;
  for (const auto& [key, value] : one.shape) name += " " + key + " " + std::to_string(value);
  return name + ", channels " + std::to_string(one.channels);
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const std::int64_t width : {1, 8, 16, 32, 48})
    for (const std::int64_t unshuffle : {1, 2, 3})
      all.push_back({"residual",
                     {{"width", width},
                      {"blocks", unshuffle},
                      {"unshuffle", unshuffle},
                      {"filters", unshuffle == 1 ? 0 : 3},
                      {"filter_size", 25}}});
  all.push_back({"residual", {{"width", 32}, {"blocks", 4}, {"unshuffle", 2}, {"filters", 2}, {"filter_size", 25}}});
  all.push_back({"residual", {{"width", 12}, {"blocks", 0}, {"unshuffle", 4}}, 3});
  all.push_back({"residual", {{"width", 16}, {"blocks", 5}, {"unshuffle", 2}}, 1, "renoise"});
  all.push_back({"unet", {{"width", 16}}});
  all.push_back({"unet", {{"width", 3}}, 2});
  all.push_back({"dncnn", {{"width", 24}, {"depth", 5}}});
  all.push_back({"dncnn", {{"width", 9}, {"depth", 2}}, 3});
  const auto rnn = [](std::int64_t patch, std::int64_t latent, Extent block, bool down, bool up, bool pixel) -> Shape {
    return {{"patch", patch}, {"latent", latent}, {"step_rows", block.rows}, {"step_cols", block.cols},
            {"down", down},   {"up", up},         {"pixel", pixel}};
  };
  all.push_back({"rnn", rnn(15, 200, {1, 15}, true, false, false)});
  all.push_back({"rnn", rnn(15, 33, {1, 15}, true, true, false), 3});
  all.push_back({"rnn", rnn(8, 17, {1, 4}, false, true, false), 2});
  all.push_back({"rnn", rnn(9, 16, {3, 3}, true, true, false), 1, "renoise"});
  all.push_back({"rnn", rnn(7, 20, {1, 7}, true, false, true)});
  all.push_back({"rnn", rnn(6, 20, {3, 3}, true, true, true), 2});
  return all;
}

bool makes_one_pixel(const Case& one) { return one.shape.contains("pixel") && one.shape.at("pixel") == 1; }

// The ensembles that a restorer accepts.
std::vector<std::int64_t> ensembles(const Case& one) {
  return makes_one_pixel(one) ? std::vector<std::int64_t>{1} : std::vector<std::int64_t>{1, 8};
}

// Weights as after some training: first ones, moved, with biases; filters that blur and sharpen.
std::shared_ptr<Network> network_of(const Case& one) {
  torch::NoGradGuard no_grad;
  auto network = network_kind(one.restorer).make(one.shape, one.channels);
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(5);
  network->initialise(generator);
  for (auto& parameter : network->parameters()) {
    const auto scale = parameter.dim() > 1 ? 0.2 * parameter.std(false) : torch::tensor(0.05);
    parameter.add_(torch::empty(parameter.sizes()).normal_(0, 1, generator) * scale);
  }
  if (network->filters().defined()) {
    auto filters = torch::empty(network->filters().sizes()).normal_(0, 0.05, generator);
    filters.select(2, 12).select(2, 12).add_(1);
    network->set_filters(filters);
  }
  return network;
}

std::shared_ptr<const Restorer> restorer_of(const Case& one, torch::ScalarType compute, NetworkRestorer::Runner runner) {
  ModelInfo info;
  info.restorer = one.restorer;
  info.shape = one.shape;
  info.channels = one.channels;
  info.augment = one.augment;
  if (makes_one_pixel(one)) return std::make_shared<PixelRestorer>(network_of(one), info, torch::kCPU, compute, runner);
  if (one.shape.contains("patch")) return std::make_shared<PatchRestorer>(network_of(one), info, torch::kCPU, compute, runner);
  return std::make_shared<NetworkRestorer>(network_of(one), info, torch::kCPU, compute, runner);
}

// Of the normalised values.
struct Difference {
  double largest = 0, root_mean_square = 0;
};

Difference difference(const Section& a, const Section& b) {
  const auto x = values_of(a), y = values_of(b);
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) squares += (static_cast<double>(x[i]) - y[i]) * (static_cast<double>(x[i]) - y[i]);
  return {largest_difference(a, b), std::sqrt(squares / static_cast<double>(x.size()))};
}

class NetworkEngine : public testing::Test {
 protected:
  Section restored(const Case& one, torch::ScalarType compute, NetworkRestorer::Runner runner, std::int64_t ensemble,
                   Extent extent = {37, 51}) {
    RestoreSettings settings;
    settings.ensemble = ensemble;
    settings.threads = 1;
    return restore(*restorer_of(one, compute, runner), scramble(SampleType::float32, one.channels, extent).view(), settings);
  }
};

TEST_F(NetworkEngine, GivesInFloat32WhatLibTorchGives) {
  if (!row_kernels(false)) GTEST_SKIP() << "no float32 kernels for this processor";
  for (const auto& one : cases())
    for (const auto ensemble : ensembles(one)) {
      const auto expected = restored(one, torch::kFloat32, NetworkRestorer::Runner::libtorch, ensemble);
      EXPECT_GT(largest_difference(expected, scramble(SampleType::float32, one.channels, expected.extent())), 0.02)
          << name_of(one);
      EXPECT_LT(
          largest_difference(restored(one, torch::kFloat32, NetworkRestorer::Runner::fastest, ensemble), expected),
          2e-5)
          << name_of(one) << ", ensemble " << ensemble;
    }
}

// Both round, each in its own places: what counts is that over all networks the engine is no further from the unrounded picture.
// A single one may be, with an ensemble above all: what is rounded of the weights is nearly the same in all ways, and Winograd's
// filtering rounds more of them (packed_layer.h). Measured: 0.4 to 1.06 times LibTorch's error, with an ensemble to 1.22.
TEST_F(NetworkEngine, IsInBf16AsNearToFloat32AsLibTorch) {
  if (!row_kernels(true)) GTEST_SKIP() << "no bf16 kernels for this processor";
  std::map<std::int64_t, std::vector<double>> ratios;  // of every ensemble
  for (const auto& one : cases())
    for (const auto ensemble : ensembles(one)) {
      const auto exact = restored(one, torch::kFloat32, NetworkRestorer::Runner::libtorch, ensemble);
      const auto of_libtorch = difference(restored(one, torch::kBFloat16, NetworkRestorer::Runner::libtorch, ensemble), exact);
      const auto of_engine = difference(restored(one, torch::kBFloat16, NetworkRestorer::Runner::fastest, ensemble), exact);
      EXPECT_GT(of_engine.root_mean_square, 0) << name_of(one) << ": was it bf16?";
      EXPECT_LE(of_engine.root_mean_square, (ensemble > 1 ? 1.35 : 1.15) * of_libtorch.root_mean_square)
          << name_of(one) << ", ensemble " << ensemble;
      EXPECT_LE(of_engine.largest, 1.5 * of_libtorch.largest) << name_of(one) << ", ensemble " << ensemble;
      ratios[ensemble].push_back(std::log(of_engine.root_mean_square / of_libtorch.root_mean_square));
    }
  for (const auto& [ensemble, logarithms] : ratios) {
    const auto mean = std::exp(std::accumulate(logarithms.begin(), logarithms.end(), 0.0) / static_cast<double>(logarithms.size()));
    EXPECT_LE(mean, 0.9) << "ensemble " << ensemble;
  }
}

// Patches of every overlap, under every window: the engine averages what is changed, LibTorch's way the pixels themselves.
TEST_F(NetworkEngine, AveragesPatchesAsPlainSumsDo) {
  if (!row_kernels(false)) GTEST_SKIP() << "no float32 kernels for this processor";
  const Case one{
      "rnn", {{"patch", 8}, {"latent", 12}, {"step_rows", 1}, {"step_cols", 8}, {"down", 1}, {"up", 0}, {"pixel", 0}}};
  const auto degraded = scramble(SampleType::float32, 1, {29, 43});
  for (const std::int64_t stride : {1, 3, 4, 7, 8})
    for (const auto window : {Window::constant, Window::hann, Window::gaussian}) {
      RestoreSettings settings;
      settings.stride = stride;
      settings.window = window;
      const auto expected =
          restore(*restorer_of(one, torch::kFloat32, NetworkRestorer::Runner::libtorch), degraded.view(), settings);
      EXPECT_LT(largest_difference(restore(*restorer_of(one, torch::kFloat32, NetworkRestorer::Runner::fastest),
                                           degraded.view(), settings),
                                   expected),
                2e-5)
          << "stride " << stride << ", window " << name_of(window);
    }
}

}  // namespace
}  // namespace firstframe
