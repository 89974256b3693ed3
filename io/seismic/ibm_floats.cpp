#include "io/seismic/ibm_floats.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "io/volume/byte_order.h"

namespace firstframe {
namespace {

constexpr std::int64_t kAtOnce = 512;  // numbers that stay in the nearest cache from step to step

// The 24 bits as an integer are a float32 without rounding, and 2^(4 exponent - 280) is one for these exponents, so that their
// product, with less than 2^128, is exact.
constexpr std::int32_t kLeast = 39, kMost = 96, kBias = 153;

std::int32_t digits_of(std::uint32_t word) { return static_cast<std::int32_t>(word & 0xffffffu); }
std::int32_t exponent_of(std::uint32_t word) { return static_cast<std::int32_t>(word >> 24 & 0x7fu); }
std::uint32_t sign_of(std::uint32_t word) { return word & 0x80000000u; }

// \return not 0 when a number lies outside
std::uint32_t convert(const std::uint32_t* words, std::int64_t count, std::byte* to) {
  std::uint32_t is_outside = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto word = words[i];
    const auto digits = digits_of(word), exponent = exponent_of(word);
    const std::uint32_t is_number = digits == 0 ? 0u : ~0u;
    is_outside |= is_number & (exponent < kLeast || exponent > kMost ? ~0u : 0u);
    const auto power = static_cast<std::uint32_t>(4 * exponent - kBias) << 23 & is_number;
    const auto value = std::bit_cast<std::uint32_t>(static_cast<float>(digits) * std::bit_cast<float>(power)) | sign_of(word);
    std::memcpy(to + 4 * i, &value, 4);
  }
  return is_outside;
}

void convert_slowly(const std::uint32_t* words, std::int64_t count, std::byte* to) {
  for (std::int64_t i = 0; i < count; ++i) {
    const auto value = static_cast<float>(std::ldexp(static_cast<double>(digits_of(words[i])), 4 * exponent_of(words[i]) - 280));
    const auto bits = std::bit_cast<std::uint32_t>(value) | sign_of(words[i]);
    std::memcpy(to + 4 * i, &bits, 4);
  }
}

}  // namespace

void ibm_to_float32(const std::byte* words, bool big_endian, std::int64_t count, std::byte* to) {
  const bool must_swap = big_endian != (std::endian::native == std::endian::big);
  std::array<std::uint32_t, kAtOnce> native;
  for (std::int64_t i = 0; i < count; i += kAtOnce) {
    const auto here = std::min(kAtOnce, count - i);
    auto* const bytes = reinterpret_cast<std::byte*>(native.data());
    if (must_swap)
      reverse_words(words + 4 * i, here, bytes);
    else
      std::memcpy(bytes, words + 4 * i, static_cast<std::size_t>(4 * here));
    if (convert(native.data(), here, to + 4 * i) != 0) convert_slowly(native.data(), here, to + 4 * i);
  }
}

}  // namespace firstframe
