#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "io/volume/section_source.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using testing::EndsWith;

// Two B-scans of 2 x 3 samples, numbered from 1, behind a fundus picture of 4 x 5 and headers of 256 bytes.
std::string eye() {
  std::string bytes(2048 + 20, '\0');
  const auto put_number = [&](std::size_t at, auto number) { std::memcpy(bytes.data() + at, &number, sizeof number); };
  bytes.replace(0, 11, "HSF-OCT-103");
  put_number(12, std::int32_t{3});
  put_number(16, std::int32_t{2});
  put_number(20, std::int32_t{2});
  put_number(24, 0.0115);
  put_number(32, 0.24);
  put_number(40, 0.0039);
  put_number(48, std::int32_t{4});
  put_number(52, std::int32_t{5});
  bytes.replace(84, 2, "OD");
  put_number(100, std::int32_t{256});
  for (int scan = 0; scan < 2; ++scan) {
    bytes += std::string(256, 'h');
    for (int i = 1; i <= 6; ++i) {
      const float sample = i == 6 ? std::numeric_limits<float>::max() : static_cast<float>(10 * scan + i);
      bytes.append(reinterpret_cast<const char*>(&sample), sizeof sample);
    }
  }
  return bytes;
}

TEST(HeidelbergSource, ReadsBScansAndZerosWhereNothingWasMeasured) {
  const TempFolder folder;
  put(folder / "eye.vol", eye());
  const auto source = open_volume(folder / "eye.vol");
  EXPECT_EQ(source->count(), 2);
  EXPECT_EQ(source->extent(), (Extent{2, 3}));
  const auto scan = source->read(1);
  EXPECT_EQ(std::vector<float>(scan.samples<float>(), scan.samples<float>() + 6), (std::vector<float>{11, 12, 13, 14, 15, 0}));
  EXPECT_EQ(source->info().geometry.spacing, (std::array<double, 3>{0.0115, 0.0039, 0.24}));
  EXPECT_EQ(source->info().metadata.at("ScanPosition"), "OD");
}

TEST(HeidelbergSource, SaysThatItIsCutOrNoneAtAll) {
  const TempFolder folder;
  put(folder / "eye.vol", eye().substr(0, 2600));
  EXPECT_THAT(message_of<FormatError>([&] { open_volume(folder / "eye.vol"); }),
              EndsWith("eye.vol: is cut: the header promises 2628 bytes, the file has 2600"));
  put(folder / "eye.vol", std::string(3000, 'x'));
  EXPECT_THAT(message_of<FormatError>([&] { open_volume(folder / "eye.vol"); }),
              EndsWith(": does not begin with HSF-OCT, as Heidelberg's .vol files do"));
}

}  // namespace
}  // namespace firstframe
