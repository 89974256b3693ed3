#pragma once

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "core/restorers/patch_restorer.h"
#include "core/restorers/pixel_restorer.h"

namespace firstframe {

/// A network, its sizes and how it was trained.
struct NetworkCase {
  const char* restorer;
  Shape shape;
  std::int64_t channels = 1;
  const char* augment = "redegrade";
};

inline std::string name_of(const NetworkCase& one) {
  std::string name = one.restorer;
  for (const auto& [key, value] : one.shape) name += " " + key + " " + std::to_string(value);
  return name + ", channels " + std::to_string(one.channels);
}

/// Every kind, in sizes that try every loop.
inline std::vector<NetworkCase> network_cases() {
  std::vector<NetworkCase> all;
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

inline bool makes_one_pixel(const NetworkCase& one) { return one.shape.contains("pixel") && one.shape.at("pixel") == 1; }

/// The ensembles that a restorer accepts.
inline std::vector<std::int64_t> ensembles_of(const NetworkCase& one) {
  return makes_one_pixel(one) ? std::vector<std::int64_t>{1} : std::vector<std::int64_t>{1, 8};
}

/// Weights as after some training: first ones, moved, with biases; filters that blur and sharpen.
inline std::shared_ptr<Network> network_of(const NetworkCase& one) {
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

inline std::shared_ptr<const NetworkRestorer> network_restorer(const NetworkCase& one, torch::ScalarType compute,
                                                               NetworkRestorer::Runner runner,
                                                               Border border = Border::reflect,
                                                               torch::Device device = torch::kCPU) {
  ModelInfo info;
  info.restorer = one.restorer;
  info.shape = one.shape;
  info.channels = one.channels;
  info.augment = one.augment;
  info.border = border;
  if (makes_one_pixel(one)) return std::make_shared<PixelRestorer>(network_of(one), info, device, compute, runner);
  if (one.shape.contains("patch")) return std::make_shared<PatchRestorer>(network_of(one), info, device, compute, runner);
  return std::make_shared<NetworkRestorer>(network_of(one), info, device, compute, runner);
}

}  // namespace firstframe
