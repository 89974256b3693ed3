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
    case Augment::automatic: break;
  }
  return "auto";
}

std::optional<Augment> augment_named(std::string_view name) {
  for (const auto augment : {Augment::automatic, Augment::none, Augment::redegrade})
    if (name == name_of(augment)) return augment;
  return std::nullopt;
}

std::string_view name_of(Loss loss) { return loss == Loss::l1 ? "l1" : "l2"; }

std::optional<Loss> loss_named(std::string_view name) {
  for (const auto loss : {Loss::l1, Loss::l2})
    if (name == name_of(loss)) return loss;
  return std::nullopt;
}

}  // namespace firstframe
