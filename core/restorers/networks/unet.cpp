// The paper's U-Net: four contracting levels, all with stride 1, so that no checkerboard can arise.
// Source: D. Pereg, "One-Shot Image Restoration", arXiv:2404.17426. The widths are not stated there; ours are
// width, 2 width, 4 width, 8 width. That it predicts the change instead of the picture is our own choice.

#include "core/restorers/network.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLevels = 4;
constexpr std::int64_t kWidest = 256;

class UnetNetwork final : public Network {
 public:
  UnetNetwork(const Shape& shape, std::int64_t channels) : channels_(channels) {
    const auto width = size_in(shape, "width", 1, kWidest);
    std::int64_t in = channels;
    for (std::int64_t level = 0; level < kLevels; ++level) {
      down_->push_back(conv3x3(in, width << level));
      in = width << level;
    }
    for (std::int64_t level = kLevels - 2; level >= 0; --level) {
      up_->push_back(conv3x3((width << (level + 1)) + (width << level), width << level));
    }
    register_module("down", down_);
    register_module("up", up_);
    out_ = register_module("out", conv3x3(width, channels));
  }

  torch::Tensor forward(const torch::Tensor& degraded) override {
    std::vector<torch::Tensor> levels;
    auto x = degraded.to(compute_type());
    for (std::int64_t level = 0; level < kLevels; ++level) {
      x = convolve(conv(down_, level), x).relu_();
      levels.push_back(x);
    }
    for (std::int64_t i = 0; i < kLevels - 1; ++i) {
      const auto& skip = levels[static_cast<std::size_t>(kLevels - 2 - i)];
      x = convolve(conv(up_, i), torch::cat({x, skip}, 1)).relu_();
    }
    return degraded + convolve(*out_, x).to(torch::kFloat32);
  }

  void initialise(torch::Generator& generator) override {
    for (std::int64_t level = 0; level < kLevels; ++level) he_normal(conv(down_, level), generator);
    for (std::int64_t i = 0; i < kLevels - 1; ++i) he_normal(conv(up_, i), generator);
    he_normal(*out_, generator, 0.1);  // starts near the identity
  }

  std::int64_t halo() const override { return 2 * kLevels; }

  std::optional<ConvGraph> conv_graph() const override {
    auto graph = graph_without_layers(channels_, 1);
    for (std::int64_t level = 0; level < kLevels; ++level) graph.layers.push_back(graph_layer(conv(down_, level), {level}, true));
    for (std::int64_t i = 0; i < kLevels - 1; ++i)
      graph.layers.push_back(graph_layer(conv(up_, i), {kLevels + i, kLevels - 1 - i}, true));
    graph.layers.push_back(graph_layer(*out_, {2 * kLevels - 1}, false));
    return graph;
  }

 private:
  static torch::nn::Conv2d conv3x3(std::int64_t in, std::int64_t out) {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).padding(1));
  }
  static torch::nn::Conv2dImpl& conv(const torch::nn::ModuleList& list, std::int64_t i) {
    return *list->ptr(static_cast<std::size_t>(i))->as<torch::nn::Conv2d>();
  }

  std::int64_t channels_;
  torch::nn::ModuleList down_, up_;
  torch::nn::Conv2d out_{nullptr};
};

}  // namespace

const NetworkKind kUnetNetwork{
    "unet",
    [](const TrainSettings& settings) -> Shape {
      refuse_size("unet", "depth", settings.depth);
      return {{"width", chosen_size("unet", "width", settings.width, 16, 1, kWidest)}};
    },
    [](const Shape& shape, std::int64_t channels) -> std::shared_ptr<Network> {
      return std::make_shared<UnetNetwork>(shape, channels);
    },
    {.patch = 32, .margin = 4, .batch = 8, .learning_rate = 1e-3}};

// The discriminator sees patches of the paper's size.
const NetworkKind kUnetGanNetwork{"unet-gan",
                                  kUnetNetwork.default_shape,
                                  kUnetNetwork.make,
                                  {.patch = 16, .margin = 4, .batch = 32, .learning_rate = 1e-3},
                                  /*closed_form=*/false,
                                  /*adversarial=*/true};

}  // namespace firstframe
