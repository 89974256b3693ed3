// A least-squares FIR filter: every restored pixel is a weighted sum of the size x size degraded pixels around it.

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/network.h"

namespace firstframe {
namespace {

class LinearNetwork final : public Network {
 public:
  LinearNetwork(const Shape& shape, std::int64_t channels) : size_(size_in(shape, "size", 1, 63) | 1) {
    filter_ = register_module(
        "filter", torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, channels, size_).padding(size_ / 2)));
  }

  torch::Tensor forward(const torch::Tensor& degraded) override { return filter_->forward(degraded); }
  std::int64_t halo() const override { return size_ / 2; }

  bool needs_float32() const override { return true; }

  // The identity, until it is fitted.
  void initialise(torch::Generator&) override {
    torch::NoGradGuard no_grad;
    torch::nn::init::dirac_(filter_->weight);
    filter_->bias.zero_();
  }

 private:
  std::int64_t size_;
  torch::nn::Conv2d filter_{nullptr};
};

}  // namespace

const NetworkKind kLinearNetwork{
    "linear",
    [](const TrainSettings& settings) -> Shape {
      refuse_size("linear", "width", settings.width);
      refuse_size("linear", "depth", settings.depth);
      if (settings.patch > 63)
        throw ArgumentError(text("patch: ", settings.patch, " is not accepted by restorer linear; use 1..63, or 0 for its own, 15"));
      return {{"size", settings.patch > 0 ? settings.patch | 1 : 15}};
    },
    [](const Shape& shape, std::int64_t channels) -> std::shared_ptr<Network> {
      return std::make_shared<LinearNetwork>(shape, channels);
    },
    {},
    /*closed_form=*/true};

}  // namespace firstframe
