#include "io/seismic/ibm_floats.h"

#include <gtest/gtest.h>
#include <segyio/segy.h>

#include <bit>
#include <cmath>
#include <random>
#include <vector>

#include "io/volume/byte_order.h"

namespace firstframe {
namespace {

std::vector<std::uint32_t> words_of_all_kinds() {
  std::vector<std::uint32_t> digits{0, 1, 2, 0x00000f, 0x0fffff, 0x100000, 0x100001, 0x1fffff, 0x200000, 0x7fffff, 0x800000, 0xffffff};
  std::mt19937 draw(1);
  for (int i = 0; i < 200; ++i) digits.push_back(draw() & 0xffffffu);
  std::vector<std::uint32_t> words;
  for (std::uint32_t exponent = 0; exponent < 128; ++exponent)
    for (const auto sign : {0u, 0x80000000u})
      for (const auto one : digits) words.push_back(sign | exponent << 24 | one);
  return words;
}

std::vector<std::uint32_t> converted(const std::vector<std::uint32_t>& words, bool big_endian) {
  std::vector<std::uint32_t> bits(words.size());
  ibm_to_float32(reinterpret_cast<const std::byte*>(words.data()), big_endian, std::ssize(words), reinterpret_cast<std::byte*>(bits.data()));
  return bits;
}

std::uint32_t as_defined(std::uint32_t word) {
  const auto value = std::ldexp(static_cast<double>(word & 0xffffffu), 4 * static_cast<int>(word >> 24 & 0x7fu) - 280);
  return std::bit_cast<std::uint32_t>(static_cast<float>(word >> 31 ? -value : value));
}

TEST(IbmFloats, AreWhatTheFormatSays) {
  const auto words = words_of_all_kinds();
  const auto together = converted(words, std::endian::native == std::endian::big);
  for (std::size_t i = 0; i < words.size(); ++i) {
    ASSERT_EQ(together[i], as_defined(words[i])) << std::hex << words[i];
    ASSERT_EQ(converted({words[i]}, std::endian::native == std::endian::big).front(), together[i]) << std::hex << words[i];
  }
}

TEST(IbmFloats, ThatAreNormalisedAreSegyiosToTheBit) {
  int compared = 0;
  for (const auto word : words_of_all_kinds()) {
    const bool is_normalised = (word & 0xf00000u) != 0, is_float32 = std::isnormal(std::bit_cast<float>(as_defined(word)));
    // It gives 0 for the least of the normal ones, too.
    if (!is_normalised || !is_float32 || (word & 0x7f000000u) <= 0x21000000u) continue;
    auto big_endian = __builtin_bswap32(word);
    const auto ours = converted({big_endian}, /*big_endian=*/true).front();
    segy_to_native(SEGY_IBM_FLOAT_4_BYTE, 1, &big_endian);
    ASSERT_EQ(ours, big_endian) << std::hex << word;
    ++compared;
  }
  EXPECT_GT(compared, 20'000);
}

TEST(ByteOrder, IsReversedOfEveryWordAndInPlace) {
  for (std::int64_t count = 0; count < 19; ++count) {
    std::vector<std::uint32_t> words(static_cast<std::size_t>(count) + 1, 0xfeedfaceu), expected = words;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      words[i] = static_cast<std::uint32_t>(0x01020304u * (i + 1));
      expected[i] = __builtin_bswap32(words[i]);
    }
    auto* const bytes = reinterpret_cast<std::byte*>(words.data());
    reverse_words(bytes, count, bytes);
    EXPECT_EQ(words, expected) << count;
  }
}

}  // namespace
}  // namespace firstframe
