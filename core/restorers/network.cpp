#include "core/restorers/network.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/filter_bank.h"

namespace firstframe {

std::vector<float> float_values(const torch::Tensor& tensor) {
  const auto values = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  const auto* first = values.data_ptr<float>();
  return {first, first + values.numel()};
}

void Network::reserve_filters(std::int64_t count, std::int64_t size) {
  if (count > 0) filters_ = register_buffer("filters", torch::zeros({count, 1, size, size}));
}

void Network::set_filters(const torch::Tensor& filters) {
  if (filters_.defined()) filters_.copy_(filters);
}

torch::Tensor Network::with_filtered(const torch::Tensor& degraded) const {
  if (!filters_.defined() || degraded.size(1) > 1) return degraded;
  return torch::cat({degraded, filtered(degraded, filters_) - degraded}, 1);
}

torch::Tensor Network::convolve(const torch::nn::Conv2dImpl& layer, const torch::Tensor& input) const {
  const auto padding = layer.weight.size(2) / 2;
  return torch::conv2d(input, layer.weight.to(compute_type_), layer.bias.to(compute_type_), /*stride=*/1, padding);
}

ConvGraph Network::graph_without_layers(std::int64_t channels, std::int64_t unshuffle) const {
  ConvGraph graph;
  graph.channels = channels;
  graph.unshuffle = unshuffle;
  if (filters_.defined() && channels == 1) {
    graph.filter_count = filters_.size(0);
    graph.filter_size = filters_.size(2);
    graph.filters = float_values(filters_);
  }
  return graph;
}

ConvLayer graph_layer(const torch::nn::Conv2dImpl& layer, std::vector<std::int64_t> sources, bool is_rectified,
                      std::int64_t added) {
  return {std::move(sources), layer.weight.size(0), float_values(layer.weight), float_values(layer.bias), added, is_rectified};
}

const NetworkKind& network_kind(std::string_view name) {
  std::string names;
  for (const auto* kind : {&kResidualNetwork, &kUnetNetwork, &kUnetGanNetwork, &kRnnNetwork, &kRnnGanNetwork, &kLinearNetwork,
                           &kDncnnNetwork}) {
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

std::int64_t size_or(std::int64_t otherwise, const Shape& shape, const std::string& name, std::int64_t lowest,
                     std::int64_t highest) {
  return shape.contains(name) ? size_in(shape, name, lowest, highest) : otherwise;
}

std::int64_t chosen_size(std::string_view restorer, std::string_view setting, std::int64_t asked, std::int64_t own,
                         std::int64_t lowest, std::int64_t highest) {
  if (asked == 0) return own;
  if (asked < lowest || asked > highest)
    throw ArgumentError(text(setting, ": ", asked, " is not accepted by restorer ", restorer, "; use ", lowest, "..", highest,
                             ", or 0 for its own, ", own));
  return asked;
}

void refuse_size(std::string_view restorer, std::string_view setting, std::int64_t asked) {
  if (asked != 0)
    throw ArgumentError(text(setting, ": restorer ", restorer, " has none; leave ", setting, " at 0, or use a restorer that has"));
}

void he_normal(torch::nn::Conv2dImpl& layer, torch::Generator& generator, double gain) {
  torch::NoGradGuard no_grad;
  const auto fan_in = layer.weight.size(1) * layer.weight.size(2) * layer.weight.size(3);
  layer.weight.normal_(0, gain * std::sqrt(2.0 / static_cast<double>(fan_in)), generator);
  if (layer.bias.defined()) layer.bias.zero_();
}

}  // namespace firstframe
