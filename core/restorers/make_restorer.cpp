#include "core/restorers/make_restorer.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/device.h"
#include "core/restorers/linear_restorer.h"
#include "core/restorers/patch_restorer.h"
#include "core/restorers/pixel_restorer.h"
#include "core/restorers/weights.h"

namespace firstframe {

std::shared_ptr<const Restorer> restorer_from(std::shared_ptr<Network> network, ModelInfo info, torch::Device device,
                                              torch::ScalarType compute) {
  if (info.restorer == kLinearNetwork.name && device.is_cpu())
    return std::make_shared<LinearRestorer>(Model{std::move(info), weights_of(*network)});
  const auto patch = network->patch();
  if (patch == 0) return std::make_shared<NetworkRestorer>(std::move(network), std::move(info), device, compute);
  if (!network->makes_whole_patches())
    return std::make_shared<PixelRestorer>(std::move(network), std::move(info), device, compute);
  return std::make_shared<PatchRestorer>(std::move(network), std::move(info), device, compute);
}

std::shared_ptr<const Restorer> make_restorer(const Model& model, Device device, Precision precision) {
  const auto& info = model.info;
  if (info.channels < 1 || info.channels > 64)
    throw FormatError(text("model: ", info.channels, " channels are not accepted; use 1..64"));
  if (info.neighbours < 0 || info.neighbours > kMostNeighbours)
    throw FormatError(text("model: ", info.neighbours, " neighbours are not accepted; use 0..", kMostNeighbours));
  if (info.normalisation != "range")
    throw FormatError(text("model: normalisation '", info.normalisation, "' is unknown to this version; it knows range"));
  const auto is_phase = [&](double phase) { return phase >= 0 && phase <= static_cast<double>(info.scale - 1); };
  if (info.scale < 1 || info.scale > kLargestScale || !is_phase(info.row_phase) || !is_phase(info.col_phase))
    throw FormatError(text("model: scale ", info.scale, " with phases ", info.row_phase, ", ", info.col_phase,
                           " is not accepted; use a scale of 1..", kLargestScale, " and phases below it"));
  const NetworkKind* kind = nullptr;
  try {
    kind = &network_kind(info.restorer);
  } catch (const ArgumentError& error) {
    throw FormatError(text("model: ", error.what()));
  }
  auto network = kind->make(info.shape, info.channels);
  load_weights(*network, model.weights);
  const auto place = torch_device(device);
  return restorer_from(std::move(network), info, place, compute_type(precision, place));
}

}  // namespace firstframe
