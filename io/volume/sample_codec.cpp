#include "io/volume/sample_codec.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/volume/byte_order.h"

namespace firstframe {
namespace {

// Calls `work` with a zero of the C++ type that stores the samples.
template <typename Work>
auto with_type(StoredType stored, const Work& work) {
  switch (stored) {
    case StoredType::int8: return work(std::int8_t{});
    case StoredType::uint8: return work(std::uint8_t{});
    case StoredType::int16: return work(std::int16_t{});
    case StoredType::uint16: return work(std::uint16_t{});
    case StoredType::int32: return work(std::int32_t{});
    case StoredType::uint32: return work(std::uint32_t{});
    case StoredType::float32: return work(float{});
    case StoredType::float64: return work(double{});
  }
  throw ArgumentError("volume: unknown stored type");
}

// The same bytes the other way round, in a way that compilers turn into vector instructions.
std::uint8_t reversed(std::uint8_t bits) { return bits; }
std::uint16_t reversed(std::uint16_t bits) { return __builtin_bswap16(bits); }
std::uint32_t reversed(std::uint32_t bits) { return __builtin_bswap32(bits); }
std::uint64_t reversed(std::uint64_t bits) { return __builtin_bswap64(bits); }

template <std::size_t kBytes>
using BitsOf = std::conditional_t<kBytes == 1, std::uint8_t,
                                  std::conditional_t<kBytes == 2, std::uint16_t, std::conditional_t<kBytes == 4, std::uint32_t, std::uint64_t>>>;

// Reversed as bits: a float with its bytes reversed may be a signalling NaN, which some processors would quieten.
template <typename Sample>
Sample load(const std::byte* from, bool swap) {
  BitsOf<sizeof(Sample)> bits;
  std::memcpy(&bits, from, sizeof bits);
  return std::bit_cast<Sample>(swap ? reversed(bits) : bits);
}

template <typename Sample>
void store(Sample sample, bool swap, std::byte* to) {
  auto bits = std::bit_cast<BitsOf<sizeof(Sample)>>(sample);
  if (swap) bits = reversed(bits);
  std::memcpy(to, &bits, sizeof bits);
}

// The type of a section's samples, and signed values moved up by half their range: the top bit turned over.
template <typename Stored>
auto moved_up(Stored value) {
  if constexpr (std::is_integral_v<Stored> && sizeof(Stored) <= 2) {
    using Unsigned = std::make_unsigned_t<Stored>;
    constexpr auto half = std::is_signed_v<Stored> ? 1u << (8 * sizeof(Stored) - 1) : 0u;
    return static_cast<Unsigned>(static_cast<Unsigned>(value) ^ half);
  } else {
    return static_cast<float>(value);
  }
}

template <typename Stored>
Stored moved_down(decltype(moved_up(Stored{})) sample) {
  if constexpr (std::is_integral_v<Stored> && sizeof(Stored) <= 2)
    return static_cast<Stored>(moved_up(static_cast<Stored>(sample)));
  else
    return static_cast<Stored>(sample);
}

template <typename Stored>
Stored rounded(float sample, double offset, std::int64_t& limited) {
  if constexpr (std::is_floating_point_v<Stored>) {
    return static_cast<Stored>(sample);
  } else {
    constexpr double low = std::numeric_limits<Stored>::lowest(), high = std::numeric_limits<Stored>::max();
    const double value = std::round(static_cast<double>(sample) - offset);
    if (value >= low && value <= high) return static_cast<Stored>(value);
    ++limited;
    return static_cast<Stored>(value > high ? high : low);
  }
}

bool must_swap(bool big_endian) { return big_endian != (std::endian::native == std::endian::big); }

}  // namespace

void decode_samples(StoredType stored, bool big_endian, const std::byte* from, std::int64_t from_stride,
                    std::int64_t count, std::byte* to) {
  const bool swap = must_swap(big_endian);
  with_type(stored, [&](auto zero) {
    using Stored = decltype(zero);
    using Sample = decltype(moved_up(zero));
    if (!swap && std::is_same_v<Stored, Sample> && from_stride == sizeof(Stored)) {
      std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(Sample));
      return;
    }
    if (swap && std::is_same_v<Stored, float> && from_stride == sizeof(Stored)) return reverse_words(from, count, to);
    const auto decode = [&](auto swaps, auto stride) {
      for (std::int64_t i = 0; i < count; ++i)
        store<Sample>(moved_up(load<Stored>(from + i * stride, swaps)), false, to + i * static_cast<std::int64_t>(sizeof(Sample)));
    };
    using Packed = std::integral_constant<std::int64_t, sizeof(Stored)>;
    if (from_stride != Packed::value)
      decode(swap, from_stride);
    else if (swap)
      decode(std::true_type(), Packed());  // known to the compiler, so that the loop becomes vector instructions
    else
      decode(std::false_type(), Packed());
  });
}

std::int64_t encode_samples(StoredType stored, bool big_endian, SampleType type, const std::byte* from,
                            std::int64_t from_stride, std::int64_t count, std::byte* to) {
  const bool swap = must_swap(big_endian);
  const auto code = code_of(stored);
  if (type != code.type && type != SampleType::float32)
    throw ArgumentError(text("volume: a section of ", name_of(type), " cannot become samples of ", name_of(stored),
                             "; give ", name_of(code.type), " or float32"));
  return with_type(stored, [&](auto zero) {
    using Stored = decltype(zero);
    using Sample = decltype(moved_up(zero));
    std::int64_t limited = 0;
    constexpr auto kStored = static_cast<std::int64_t>(sizeof(Stored));
    if (type == SampleType::float32 && !std::is_same_v<Stored, float>) {
      for (std::int64_t i = 0; i < count; ++i)
        store(rounded<Stored>(load<float>(from + i * from_stride, false), code.offset, limited), swap, to + i * kStored);
      return limited;
    }
    const auto encode = [&](auto swaps, auto stride) {
      for (std::int64_t i = 0; i < count; ++i) store(moved_down<Stored>(load<Sample>(from + i * stride, false)), swaps, to + i * kStored);
    };
    using Packed = std::integral_constant<std::int64_t, sizeof(Sample)>;
    if (from_stride != Packed::value)
      encode(swap, from_stride);
    else if (swap)
      encode(std::true_type(), Packed());
    else
      encode(std::false_type(), Packed());
    return limited;
  });
}

}  // namespace firstframe
