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

}  // namespace

std::vector<Weight> weights_of(const Network& network) {
  std::vector<Weight> weights;
  for (const auto& parameter : network.named_parameters()) {
    const auto values = parameter.value().detach().to(torch::kCPU, torch::kFloat32).contiguous();
    const auto* first = values.data_ptr<float>();
    weights.push_back({parameter.key(), values.sizes().vec(), {first, first + values.numel()}});
  }
  return weights;
}

void load_weights(Network& network, const std::vector<Weight>& weights) {
  torch::NoGradGuard no_grad;
  const auto parameters = network.named_parameters();
  if (weights.size() != parameters.size())
    throw FormatError(text("model: ", weights.size(), " weights found, this restorer has ", parameters.size()));
  for (const auto& parameter : parameters) {
    const auto found = std::find_if(weights.begin(), weights.end(),
                                    [&](const Weight& weight) { return weight.name == parameter.key(); });
    if (found == weights.end()) throw FormatError(text("model: weight '", parameter.key(), "' is missing"));
    const auto wanted = parameter.value().sizes().vec();
    if (found->shape != wanted || static_cast<std::int64_t>(found->values.size()) != parameter.value().numel())
      throw FormatError(text("model: weight '", found->name, "' is ", shape_text(found->shape), ", this restorer needs ",
                             shape_text(wanted)));
    const auto values = torch::tensor(at::ArrayRef<float>(found->values)).reshape(wanted);
    if (!torch::isfinite(values).all().item<bool>())
      throw FormatError(text("model: weight '", found->name, "' holds NaN or infinite values; train again"));
    parameter.value().copy_(values);
  }
}

}  // namespace firstframe
