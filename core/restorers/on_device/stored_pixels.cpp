#include "core/restorers/on_device/stored_pixels.h"

#include "core/base/error.h"

namespace firstframe {
namespace {

constexpr std::int64_t kAllOfUint16 = 0xffff;

// As a scalar LibTorch hands on without rounding it again.
double as_float(double value) { return static_cast<double>(static_cast<float>(value)); }

}  // namespace

torch::ScalarType stored_type(SampleType type) {
  switch (type) {
    case SampleType::uint8: return torch::kUInt8;
    case SampleType::uint16: return torch::kInt16;
    case SampleType::float32: return torch::kFloat32;
  }
  throw ArgumentError("section: unknown sample type");
}

torch::Tensor normalised(const torch::Tensor& stored, SampleType type, ValueRange range) {
  const auto values = type == SampleType::uint16
                          ? stored.to(torch::kInt32).bitwise_and_(kAllOfUint16).to(torch::kFloat32)
                          : stored.to(torch::kFloat32);
  return values.sub(as_float(range.low)).mul_(as_float(1.0 / range.span()));
}

torch::Tensor denormalised(const torch::Tensor& values, SampleType type, ValueRange range) {
  auto scaled = values.mul(as_float(range.span())).add_(as_float(range.low));
  if (type == SampleType::float32) return scaled;
  // Positive, so cutting the fraction off rounds it down; the int16 with the bits of a uint16 comes from an int32.
  scaled.clamp_(0.0, full_range(type).high).add_(0.5);
  return type == SampleType::uint8 ? scaled.to(torch::kUInt8) : scaled.to(torch::kInt32).to(torch::kInt16);
}

}  // namespace firstframe
