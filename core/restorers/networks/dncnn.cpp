// DnCNN: 3 x 3 convolutions with ReLU, all at full resolution; restored = degraded + f(degraded). The denoiser that the
// field compares with, and a prior for red and pnp.
// Source: K. Zhang et al., "Beyond a Gaussian Denoiser: Residual Learning of Deep CNN for Image Denoising", IEEE TIP
// 26(7), 2017: 17 layers of 64 channels. Their batch normalisation is left out: patches of one pair share their
// statistics, and training from one pair takes too few steps for running means to settle.

#include "core/restorers/network.h"

namespace firstframe {
namespace {

constexpr std::int64_t kFewestLayers = 2, kMostLayers = 64, kWidest = 1024;

class DncnnNetwork final : public Network {
 public:
  DncnnNetwork(const Shape& shape, std::int64_t channels)
      : channels_(channels), depth_(size_in(shape, "depth", kFewestLayers, kMostLayers)) {
    const auto width = size_in(shape, "width", 1, kWidest);
    for (std::int64_t i = 0; i < depth_; ++i)
      layers_->push_back(torch::nn::Conv2d(
          torch::nn::Conv2dOptions(i == 0 ? channels : width, i + 1 == depth_ ? channels : width, 3)
              .padding(1)));
    register_module("layers", layers_);
  }

  torch::Tensor forward(const torch::Tensor& degraded) override {
    auto x = degraded.to(compute_type()).contiguous(torch::MemoryFormat::ChannelsLast);
    for (std::int64_t i = 0; i + 1 < depth_; ++i) x = convolve(layer(i), x).relu_();
    return degraded + convolve(layer(depth_ - 1), x).to(torch::kFloat32);
  }

  void initialise(torch::Generator& generator) override {
    for (std::int64_t i = 0; i < depth_; ++i)
      he_normal(layer(i), generator, i + 1 < depth_ ? 1 : 0.1);  // starts near the identity
  }

  std::int64_t halo() const override { return depth_; }

  std::optional<ConvGraph> conv_graph() const override {
    auto graph = graph_without_layers(channels_, 1);
    for (std::int64_t i = 0; i < depth_; ++i) graph.layers.push_back(graph_layer(layer(i), {i}, i + 1 < depth_));
    return graph;
  }

 private:
  torch::nn::Conv2dImpl& layer(std::int64_t i) const {
    return *layers_->ptr(static_cast<std::size_t>(i))->as<torch::nn::Conv2d>();
  }

  std::int64_t channels_;
  std::int64_t depth_;
  torch::nn::ModuleList layers_;
};

}  // namespace

const NetworkKind kDncnnNetwork{
    "dncnn",
    [](const TrainSettings& settings) -> Shape {
      return {{"width", chosen_size("dncnn", "width", settings.width, 64, 1, kWidest)},
              {"depth", chosen_size("dncnn", "depth", settings.depth, 17, kFewestLayers, kMostLayers)}};
    },
    [](const Shape& shape, std::int64_t channels) -> std::shared_ptr<Network> {
      return std::make_shared<DncnnNetwork>(shape, channels);
    },
    {.patch = 40, .margin = 8, .batch = 16, .learning_rate = 1e-3}};

}  // namespace firstframe
