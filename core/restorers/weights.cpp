#include "core/restorers/weights.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string joined;
  for (const auto side : shape) joined += text(joined.empty() ? "" : " x ", side);
  return joined;
}

// What training fits, then what it found beforehand.
std::vector<std::pair<std::string, torch::Tensor>> named_values(const Network& network) {
  std::vector<std::pair<std::string, torch::Tensor>> values;
  for (const auto& parameter : network.named_parameters()) values.emplace_back(parameter.key(), parameter.value());
  for (const auto& buffer : network.named_buffers()) values.emplace_back(buffer.key(), buffer.value());
  return values;
}

}  // namespace

std::vector<Weight> weights_of(const Network& network) {
  std::vector<Weight> weights;
  for (const auto& [name, value] : named_values(network)) {
    const auto values = value.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    const auto* first = values.data_ptr<float>();
    weights.push_back({name, values.sizes().vec(), {first, first + values.numel()}});
  }
  return weights;
}

void load_weights(Network& network, const std::vector<Weight>& weights) {
  torch::NoGradGuard no_grad;
  const auto wanted_values = named_values(network);
  if (weights.size() != wanted_values.size())
    throw FormatError(text("model: ", weights.size(), " weights found, this restorer has ", wanted_values.size()));
  for (const auto& [name, value] : wanted_values) {
    const auto found = std::find_if(weights.begin(), weights.end(),
                                    [&, &name = name](const Weight& weight) { return weight.name == name; });
    if (found == weights.end()) throw FormatError(text("model: weight '", name, "' is missing"));
    const auto wanted = value.sizes().vec();
    if (found->shape != wanted || static_cast<std::int64_t>(found->values.size()) != value.numel())
      throw FormatError(text("model: weight '", found->name, "' is ", shape_text(found->shape), ", this restorer needs ",
                             shape_text(wanted)));
    const auto values = torch::tensor(at::ArrayRef<float>(found->values)).reshape(wanted);
    if (!torch::isfinite(values).all().item<bool>())
      throw FormatError(text("model: weight '", found->name, "' holds NaN or infinite values; train again"));
    torch::Tensor(value).copy_(values);
  }
}

}  // namespace firstframe
