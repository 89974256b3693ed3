#include "core/restorers/network.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

torch::Tensor Network::convolve(const torch::nn::Conv2dImpl& layer, const torch::Tensor& input) const {
  const auto padding = layer.weight.size(2) / 2;
  return torch::conv2d(input, layer.weight.to(compute_type_), layer.bias.to(compute_type_), /*stride=*/1, padding);
}

const NetworkKind& network_kind(std::string_view name) {
  std::string names;
  for (const auto* kind : {&kResidualNetwork, &kUnetNetwork, &kUnetGanNetwork, &kRnnNetwork, &kRnnGanNetwork, &kLinearNetwork}) {
    if (kind->name == name) return *kind;
    names += text(names.empty() ? "" : ", ", kind->name);
  }
  throw ArgumentError(text("restorer '", name, "' does not exist; use one of ", names));
}

std::int64_t size_in(const Shape& shape, const std::string& name, std::int64_t lowest, std::int64_t highest) {
  const auto found = shape.find(name);
  if (found == shape.end()) throw FormatError(text("model: its shape lacks '", name, "'"));
  if (found->second < lowest || found->second > highest)
    throw FormatError(text("model: ", name, " ", found->second, " is not accepted; use ", lowest, "..", highest));
  return found->second;
}

void he_normal(torch::nn::Conv2dImpl& layer, torch::Generator& generator, double gain) {
  torch::NoGradGuard no_grad;
  const auto fan_in = layer.weight.size(1) * layer.weight.size(2) * layer.weight.size(3);
  layer.weight.normal_(0, gain * std::sqrt(2.0 / static_cast<double>(fan_in)), generator);
  if (layer.bias.defined()) layer.bias.zero_();
}

}  // namespace firstframe
