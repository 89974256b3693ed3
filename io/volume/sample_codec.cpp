#include "io/volume/sample_codec.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "core/base/error.h"
#include "core/base/text.h"

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

template <typename Sample>
Sample load(const std::byte* from, bool swap) {
  std::byte bytes[sizeof(Sample)];
  std::memcpy(bytes, from, sizeof(Sample));
  if (swap) std::reverse(bytes, bytes + sizeof(Sample));
  return std::bit_cast<Sample>(bytes);
}

template <typename Sample>
void store(Sample sample, bool swap, std::byte* to) {
  std::memcpy(to, &sample, sizeof(Sample));
  if (swap) std::reverse(to, to + sizeof(Sample));
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
    for (std::int64_t i = 0; i < count; ++i)
      store<Sample>(moved_up(load<Stored>(from + i * from_stride, swap)), false, to + i * sizeof(Sample));
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
    for (std::int64_t i = 0; i < count; ++i, from += from_stride, to += sizeof(Stored)) {
      if (type == SampleType::float32)
        store(rounded<Stored>(load<float>(from, false), code.offset, limited), swap, to);
      else
        store(moved_down<Stored>(load<Sample>(from, false)), swap, to);
    }
    return limited;
  });
}

}  // namespace firstframe
