#include "core/degradation/kernel.h"

#include <charconv>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/degradation/blur.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLargestKernel = 255;  // pixels

[[noreturn]] void refuse(std::string_view description) {
  throw ArgumentError(text("kernel '", description, "' is not accepted; use gaussian:SIGMA, gaussian:SIGMA:SIZE or box:SIZE, SIZE odd, 1..",
                           kLargestKernel));
}

double number_in(std::string_view digits, std::string_view description) {
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value)) refuse(description);
  return value;
}

std::int64_t size_in(std::string_view digits, std::string_view description) {
  const double value = number_in(digits, description);
  const auto size = static_cast<std::int64_t>(value);
  if (value < 1 || value > kLargestKernel || value != static_cast<double>(size) || size % 2 == 0) refuse(description);
  return size;
}

}  // namespace

Kernel gaussian_psf(double sigma, std::int64_t size) {
  const auto line = gaussian_kernel(sigma, size);
  Kernel kernel{size, {}};
  for (const double down : line)
    for (const double across : line) kernel.taps.push_back(static_cast<float>(down * across));
  return kernel;
}

Kernel kernel_named(std::string_view description) {
  std::vector<std::string_view> parts;
  for (auto rest = description;;) {
    const auto colon = rest.find(':');
    parts.push_back(rest.substr(0, colon));
    if (colon == std::string_view::npos) break;
    rest.remove_prefix(colon + 1);
  }
  if (parts.size() < 2 || parts.size() > 3) refuse(description);
  if (parts[0] == "gaussian") {
    const double sigma = number_in(parts[1], description);
    if (sigma <= 0 || sigma > kLargestKernel / 8.0) refuse(description);
    return gaussian_psf(sigma, parts.size() == 3 ? size_in(parts[2], description) : gaussian_size(sigma));
  }
  if (parts[0] != "box" || parts.size() != 2) refuse(description);
  const auto size = size_in(parts[1], description);
  const auto count = static_cast<std::size_t>(size * size);
  return {size, std::vector<float>(count, 1.0f / static_cast<float>(count))};
}

}  // namespace firstframe
