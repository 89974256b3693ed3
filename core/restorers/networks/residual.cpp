// The fast default: pixel-unshuffle(2, or the scale), 3 x 3 residual blocks, pixel-shuffle; restored = degraded + f(degraded).
// At half resolution every convolution sees twice the width for a quarter of the cost.

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/network.h"

namespace firstframe {
namespace {

constexpr std::int64_t kMostBlocks = 64, kMostLayers = 64, kWidest = 1024;

torch::nn::Conv2d conv3x3(std::int64_t in, std::int64_t out) {
  return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).padding(1));
}

// Convolutions run 1.6 times faster on this layout, and a shuffle does not keep it.
torch::Tensor channels_last(const torch::Tensor& x) { return x.contiguous(torch::MemoryFormat::ChannelsLast); }

// Its layers are the first, the last and two in every block.
std::int64_t blocks_of(std::int64_t depth) {
  const auto layers = chosen_size("residual", "depth", depth, 10, 2, kMostLayers);
  if (layers % 2 != 0)
    throw ArgumentError(text("depth: ", layers, " is not accepted by restorer residual, whose blocks have two layers; use an even number"));
  return (layers - 2) / 2;
}

class ResidualNetwork final : public Network {
 public:
  ResidualNetwork(const Shape& shape, std::int64_t channels)
      : channels_(channels), unshuffle_(size_in(shape, "unshuffle", 1, 4)), blocks_(size_in(shape, "blocks", 0, kMostBlocks)) {
    const auto width = size_in(shape, "width", 1, kWidest);
    const auto filters = size_or(0, shape, "filters", 0, 8);
    reserve_filters(filters, filters > 0 ? size_in(shape, "filter_size", 1, 63) | 1 : 0);
    const auto inside = channels * unshuffle_ * unshuffle_;
    head_ = register_module("head", conv3x3(inside * (1 + filters), width));
    for (std::int64_t i = 0; i < 2 * blocks_; ++i) body_->push_back(conv3x3(width, width));
    register_module("body", body_);
    tail_ = register_module("tail", conv3x3(width, inside));
  }

  torch::Tensor forward(const torch::Tensor& degraded) override {
    const auto seen = with_filtered(degraded);
    const auto half = unshuffle_ > 1 ? torch::pixel_unshuffle(seen, unshuffle_) : seen;
    auto x = convolve(*head_, channels_last(half.to(compute_type()))).relu_();
    for (std::int64_t i = 0; i < blocks_; ++i) {
      const auto inner = convolve(conv(2 * i), x).relu_();
      x = x + convolve(conv(2 * i + 1), inner);
    }
    const auto change = convolve(*tail_, torch::relu(x)).to(torch::kFloat32);
    return degraded.narrow(1, 0, change.size(1) / (unshuffle_ * unshuffle_)) + (unshuffle_ > 1 ? torch::pixel_shuffle(change, unshuffle_) : change);
  }

  void initialise(torch::Generator& generator) override {
    he_normal(*head_, generator);
    for (std::int64_t i = 0; i < 2 * blocks_; ++i) he_normal(conv(i), generator, i % 2 == 0 ? 1 : 0.3);
    he_normal(*tail_, generator, 0.1);  // starts near the identity
  }

  std::int64_t multiple() const override { return unshuffle_; }
  std::int64_t halo() const override { return unshuffle_ * (2 + 2 * blocks_) + filter_reach(); }

  std::optional<ConvGraph> conv_graph() const override {
    auto graph = graph_without_layers(channels_, unshuffle_);
    graph.layers.push_back(graph_layer(*head_, {0}, true));
    for (std::int64_t i = 0; i < blocks_; ++i) {
      const auto x = 2 * i + 1;  // the map that a block begins with
      graph.layers.push_back(graph_layer(conv(2 * i), {x}, true));
      graph.layers.push_back(graph_layer(conv(2 * i + 1), {x + 1}, /*is_rectified=*/i + 1 == blocks_, x));  // for the last one, which sees relu(x)
    }
    graph.layers.push_back(graph_layer(*tail_, {2 * blocks_ + 1}, false));
    return graph;
  }

 private:
  torch::nn::Conv2dImpl& conv(std::int64_t i) const { return *body_->ptr(static_cast<std::size_t>(i))->as<torch::nn::Conv2d>(); }

  std::int64_t channels_;
  std::int64_t unshuffle_;
  std::int64_t blocks_;
  torch::nn::Conv2d head_{nullptr}, tail_{nullptr};
  torch::nn::ModuleList body_;
};

}  // namespace

const NetworkKind kResidualNetwork{
    "residual",
    // At scale n every n-th pixel was seen by the camera and the others were made up: a square of n x n pixels holds one
    // measured pixel at the same place each time. The wider the square, the fewer there are, the wider the layers may be.
    [](const TrainSettings& settings) -> Shape {
      const auto unshuffle = settings.scale > 1 ? settings.scale : 2;
      return {{"width", chosen_size("residual", "width", settings.width, 16 * unshuffle, 1, kWidest)},
              {"blocks", blocks_of(settings.depth)},
              {"unshuffle", unshuffle}};
    },
    [](const Shape& shape, std::int64_t channels) -> std::shared_ptr<Network> {
      return std::make_shared<ResidualNetwork>(shape, channels);
    },
    {.patch = 32, .margin = 8, .batch = 4, .learning_rate = 4e-3, .renoised_width = 16, .renoised_depth = 12, .renoised_learning_rate = 2e-3},
    /*closed_form=*/false, /*adversarial=*/false, /*sees_filters=*/true};

}  // namespace firstframe
