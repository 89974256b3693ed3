#include "io/volume/sample_codec.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace firstframe {
namespace {

template <typename To, typename From>
std::vector<To> decoded(StoredType stored, const std::vector<From>& samples, bool big_endian = false) {
  std::vector<To> result(samples.size());
  decode_samples(stored, big_endian, reinterpret_cast<const std::byte*>(samples.data()), sizeof(From),
                 static_cast<std::int64_t>(samples.size()), reinterpret_cast<std::byte*>(result.data()));
  return result;
}

template <typename To, typename From>
std::vector<To> encoded(StoredType stored, SampleType type, const std::vector<From>& samples, std::int64_t* limited = nullptr) {
  std::vector<To> result(samples.size());
  const auto count = encode_samples(stored, false, type, reinterpret_cast<const std::byte*>(samples.data()), sizeof(From),
                                    static_cast<std::int64_t>(samples.size()), reinterpret_cast<std::byte*>(result.data()));
  if (limited != nullptr) *limited = count;
  return result;
}

TEST(SampleCodec, MovesSignedSamplesUpByHalfTheirRange) {
  EXPECT_EQ(decoded<std::uint16_t>(StoredType::int16, std::vector<std::int16_t>{-32768, -1024, 0, 32767}),
            (std::vector<std::uint16_t>{0, 31744, 32768, 65535}));
  EXPECT_EQ(decoded<std::uint8_t>(StoredType::int8, std::vector<std::int8_t>{-128, 0, 127}), (std::vector<std::uint8_t>{0, 128, 255}));
}

TEST(SampleCodec, GivesEverySixteenBitSampleBack) {
  std::vector<std::int16_t> all;
  for (int value = -32768; value < 32768; ++value) all.push_back(static_cast<std::int16_t>(value));
  const auto section = decoded<std::uint16_t>(StoredType::int16, all);
  EXPECT_EQ((encoded<std::int16_t>(StoredType::int16, SampleType::uint16, section)), all);
}

TEST(SampleCodec, ReadsBothByteOrders) {
  EXPECT_EQ(decoded<std::uint16_t>(StoredType::uint16, std::vector<std::uint16_t>{0x1234}, true), (std::vector<std::uint16_t>{0x3412}));
  EXPECT_EQ(decoded<float>(StoredType::int32, std::vector<std::int32_t>{0x01000000}, true), (std::vector<float>{1}));
}

TEST(SampleCodec, RoundsAndLimitsFloatsAndCountsThem) {
  std::int64_t limited = 0;
  // Section values of int16: 32768 stands for 0.
  const std::vector<float> section{-5, 0, 32768.5f, 32767.4f, 65535, 70000, std::nanf("")};
  EXPECT_EQ((encoded<std::int16_t>(StoredType::int16, SampleType::float32, section, &limited)),
            (std::vector<std::int16_t>{-32768, -32768, 1, -1, 32767, 32767, -32768}));
  EXPECT_EQ(limited, 3);
  EXPECT_EQ((encoded<std::uint32_t>(StoredType::uint32, SampleType::float32, std::vector<float>{5e9f, 7.6f}, &limited)),
            (std::vector<std::uint32_t>{4294967295u, 8}));
  EXPECT_EQ(limited, 1);
}

TEST(SampleCodec, LeavesFloatsAsTheyAre) {
  const std::vector<float> section{-1e30f, std::numeric_limits<float>::infinity(), 0.1f};
  std::int64_t limited = 0;
  EXPECT_EQ((encoded<float>(StoredType::float32, SampleType::float32, section, &limited)), section);
  EXPECT_EQ(limited, 0);
}

}  // namespace
}  // namespace firstframe
