#include "core/settings/settings.h"

namespace firstframe {

std::string_view name_of(Device device) {
  switch (device) {
    case Device::cpu: return "cpu";
    case Device::cuda: return "cuda";
    case Device::automatic: break;
  }
  return "auto";
}

std::optional<Device> device_named(std::string_view name) {
  for (const auto device : {Device::automatic, Device::cpu, Device::cuda})
    if (name == name_of(device)) return device;
  return std::nullopt;
}

std::string_view name_of(Precision precision) {
  switch (precision) {
    case Precision::f32: return "f32";
    case Precision::bf16: return "bf16";
    case Precision::automatic: break;
  }
  return "auto";
}

std::optional<Precision> precision_named(std::string_view name) {
  for (const auto precision : {Precision::automatic, Precision::f32, Precision::bf16})
    if (name == name_of(precision)) return precision;
  return std::nullopt;
}

std::string_view name_of(Augment augment) {
  switch (augment) {
    case Augment::none: return "none";
    case Augment::redegrade: return "redegrade";
    case Augment::renoise: return "renoise";
    case Augment::automatic: break;
  }
  return "auto";
}

std::optional<Augment> augment_named(std::string_view name) {
  for (const auto augment : {Augment::automatic, Augment::none, Augment::redegrade, Augment::renoise})
    if (name == name_of(augment)) return augment;
  return std::nullopt;
}

std::string_view name_of(Loss loss) { return loss == Loss::l1 ? "l1" : "l2"; }

std::optional<Loss> loss_named(std::string_view name) {
  for (const auto loss : {Loss::l1, Loss::l2})
    if (name == name_of(loss)) return loss;
  return std::nullopt;
}

std::string_view name_of(RnnStep step) {
  switch (step) {
    case RnnStep::segment: return "segment";
    case RnnStep::patch: return "patch";
    case RnnStep::row: break;
  }
  return "row";
}

std::optional<RnnStep> rnn_step_named(std::string_view name) {
  for (const auto step : {RnnStep::row, RnnStep::segment, RnnStep::patch})
    if (name == name_of(step)) return step;
  return std::nullopt;
}

std::string_view name_of(RnnDirection direction) {
  switch (direction) {
    case RnnDirection::up: return "up";
    case RnnDirection::both: return "both";
    case RnnDirection::down: break;
  }
  return "down";
}

std::optional<RnnDirection> rnn_direction_named(std::string_view name) {
  for (const auto direction : {RnnDirection::down, RnnDirection::up, RnnDirection::both})
    if (name == name_of(direction)) return direction;
  return std::nullopt;
}

std::string_view name_of(RnnOutput output) { return output == RnnOutput::pixel ? "pixel" : "patch"; }

std::optional<RnnOutput> rnn_output_named(std::string_view name) {
  for (const auto output : {RnnOutput::patch, RnnOutput::pixel})
    if (name == name_of(output)) return output;
  return std::nullopt;
}

}  // namespace firstframe
