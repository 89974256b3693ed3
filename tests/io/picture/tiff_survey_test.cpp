#include <gtest/gtest.h>

#include "io/picture/picture.h"
#include "io/picture/picture_whole.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"

namespace firstframe {
namespace {

TiffSurvey survey(const std::string& file) { return survey_tiff(std::as_bytes(std::span(file))); }

std::string number(std::uint64_t value, int bytes, bool is_big_endian) {
  std::string digits;
  for (int i = 0; i < bytes; ++i) digits.push_back(static_cast<char>(value >> (8 * i)));
  return is_big_endian ? std::string(digits.rbegin(), digits.rend()) : digits;
}

// Two grey pixels (7 and 250) in one strip, in the four ways a TIFF can count.
std::string made_tiff(bool is_big_endian, bool is_big_tiff) {
  const auto n = [&](std::uint64_t value, int bytes) { return number(value, bytes, is_big_endian); };
  const int place = is_big_tiff ? 8 : 4;
  const auto pixels_at = is_big_tiff ? 16 + 8 + 8 * 20 + 8 : 8 + 2 + 8 * 12 + 4;
  auto file = std::string(is_big_endian ? "MM" : "II") + n(is_big_tiff ? 43 : 42, 2);
  if (is_big_tiff) file += n(8, 2) + n(0, 2);
  file += n(is_big_tiff ? 16 : 8, place) + n(8, is_big_tiff ? 8 : 2);
  const auto entry = [&](int tag, std::uint64_t value) {
    file += n(tag, 2) + n(/*32 bits:*/ 4, 2) + n(1, place) + n(value, 4) + std::string(place - 4, '\0');
  };
  entry(256, 2);  // columns
  entry(257, 1);  // rows
  entry(258, 8);  // bits
  entry(259, 1);  // not compressed
  entry(262, 1);  // 0 is black
  entry(273, static_cast<std::uint64_t>(pixels_at));
  entry(278, 1);  // rows in a strip
  entry(279, 2);  // bytes in a strip
  return file + n(0, place) + "\x07\xfa";
}

TEST(TiffSurvey, ReadsBothByteOrdersAndBothSizes) {
  const TempFolder folder;
  for (const bool is_big_endian : {false, true})
    for (const bool is_big_tiff : {false, true}) {
      const auto file = made_tiff(is_big_endian, is_big_tiff);
      EXPECT_EQ(survey(file).breaks_off, "");
      EXPECT_EQ(survey(file).pages, 1);
      for (std::size_t bytes = 4; bytes < file.size(); ++bytes)
        ASSERT_NE(survey(file.substr(0, bytes)).breaks_off, "") << bytes;
      put(folder / "a.tif", file);
      const auto section = read_picture(folder / "a.tif");
      EXPECT_EQ(section.samples<std::uint8_t>()[0], 7);
      EXPECT_EQ(section.samples<std::uint8_t>()[1], 250);
    }
}

TEST(TiffSurvey, EndsWhateverByteIsDamaged) {
  const TempFolder folder;
  write_picture(folder / "a.tif", noise(SampleType::uint8, 3, {40, 50}).view());
  const auto whole = content_of(folder / "a.tif");
  for (const auto& file : {whole, made_tiff(true, false), made_tiff(false, true)})
    for (std::size_t at = 0; at < file.size(); ++at) {
      if (at == 8 && file.size() > 1000) at = file.size() - 400;  // the pixels say nothing to a survey
      auto damaged = file;
      for (const char value : {'\0', '\x08', '\xff'}) {
        damaged[at] = value;
        survey(damaged);
      }
    }
}

TEST(TiffSurvey, EndsWhenThePagesGoRoundInCircles) {
  auto file = made_tiff(false, false);
  file.replace(file.size() - 6, 4, number(8, 4, false));  // the next page is this page
  EXPECT_GT(survey(file).pages, 1);
}

}  // namespace
}  // namespace firstframe
