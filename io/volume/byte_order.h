#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace firstframe {

/// Words of 32 bits with their bytes the other way round. `to` may be `from`.
/// Four at a time, in a way that any processor's vectors do: bytes within halves, then halves. Of __builtin_bswap32 compilers make
/// one word at a time where a byte shuffle is not sure to be there.
inline void reverse_words(const std::byte* from, std::int64_t count, std::byte* to) {
  using Halves = std::uint16_t __attribute__((vector_size(16)));
  constexpr Halves kHalvesReversed{1, 0, 3, 2, 5, 4, 7, 6};
  std::int64_t i = 0;
  for (; i + 4 <= count; i += 4) {
    Halves words;
    std::memcpy(&words, from + 4 * i, sizeof words);
    words = __builtin_shuffle(static_cast<Halves>(words << 8 | words >> 8), kHalvesReversed);
    std::memcpy(to + 4 * i, &words, sizeof words);
  }
  for (; i < count; ++i) {
    std::uint32_t word;
    std::memcpy(&word, from + 4 * i, 4);
    word = __builtin_bswap32(word);
    std::memcpy(to + 4 * i, &word, 4);
  }
}

}  // namespace firstframe
