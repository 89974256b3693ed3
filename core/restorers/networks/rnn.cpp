// The paper's recurrent patch encoder, patch2patch: the rows of a patch are time steps,
//   z_t = relu(W_in y_t + W_rec z_(t-1) + b),   x_t = W_out z_t + c.
// Source: D. Pereg, "One-Shot Image Restoration", arXiv:2404.17426. Subtracting the patch's mean and predicting
// the change instead of the patch are our own choice (+1 dB in our measurements). The latent size is not stated
// in the paper.

#include <cmath>

#include "core/restorers/network.h"

namespace firstframe {
namespace {

class RnnNetwork final : public Network {
 public:
  RnnNetwork(const Shape& shape, std::int64_t channels)
      : patch_(size_in(shape, "patch", 2, 64)), row_(channels * patch_) {
    const auto latent = size_in(shape, "latent", 1, 8192);
    weight_in_ = register_parameter("weight_in", torch::zeros({latent, row_}));
    weight_rec_ = register_parameter("weight_rec", torch::zeros({latent, latent}));
    bias_ = register_parameter("bias", torch::zeros({latent}));
    weight_out_ = register_parameter("weight_out", torch::zeros({row_, latent}));
    bias_out_ = register_parameter("bias_out", torch::zeros({row_}));
  }

  // Every row step is one matrix product over the whole batch of patches.
  torch::Tensor forward(const torch::Tensor& degraded) override {
    const auto type = compute_type();
    const auto patches = degraded.size(0), channels = degraded.size(1);
    const auto mean = degraded.mean({1, 2, 3}, /*keepdim=*/true);
    // [P, N, C * P]: time first.
    const auto rows = (degraded - mean).permute({2, 0, 1, 3}).reshape({patch_, patches, row_}).to(type);
    const auto driven = torch::matmul(rows, weight_in_.to(type).t()) + bias_.to(type);
    const auto recur = weight_rec_.to(type).t();
    std::vector<torch::Tensor> states;
    states.reserve(static_cast<std::size_t>(patch_));
    for (std::int64_t t = 0; t < patch_; ++t)
      states.push_back(torch::relu(t == 0 ? driven[t] : torch::addmm(driven[t], states.back(), recur)));
    const auto change = (torch::matmul(torch::stack(states), weight_out_.to(type).t()) + bias_out_.to(type)).to(torch::kFloat32);
    return degraded + change.reshape({patch_, patches, channels, patch_}).permute({1, 2, 0, 3});
  }

  void initialise(torch::Generator& generator) override {
    torch::NoGradGuard no_grad;
    const auto latent = weight_rec_.size(0);
    weight_in_.normal_(0, std::sqrt(2.0 / static_cast<double>(row_)), generator);
    // Near the identity: the state is carried from row to row before anything is learned, and cannot explode.
    weight_rec_.normal_(0, 0.1 / std::sqrt(static_cast<double>(latent)), generator);
    weight_rec_.diagonal().add_(0.9);
    weight_out_.normal_(0, 0.1 / std::sqrt(static_cast<double>(latent)), generator);
    bias_.zero_();
    bias_out_.zero_();
  }

  std::int64_t halo() const override { return patch_ - 1; }
  std::int64_t patch() const override { return patch_; }

 private:
  std::int64_t patch_;
  std::int64_t row_;  // values of one time step
  torch::Tensor weight_in_, weight_rec_, bias_, weight_out_, bias_out_;
};

}  // namespace

const NetworkKind kRnnNetwork{
    "rnn",
    [](const TrainSettings& settings) -> Shape {
      refuse_size("rnn", "width", settings.width);
      refuse_size("rnn", "depth", settings.depth);
      return {{"patch", settings.patch > 0 ? settings.patch : 15}, {"latent", 200}};
    },
    [](const Shape& shape, std::int64_t channels) -> std::shared_ptr<Network> {
      return std::make_shared<RnnNetwork>(shape, channels);
    },
    {.patch = 15, .margin = 0, .batch = 256, .learning_rate = 1e-3}};

}  // namespace firstframe
