#include "io/seismic/segy_text.h"

#include <algorithm>

#include "io/seismic/segyio.h"

namespace firstframe {
namespace {

constexpr std::size_t kLine = 80;
constexpr char kEbcdicBlank = '\x40', kAsciiBlank = ' ';

}  // namespace

std::vector<std::string> text_header(const SegyFile& segy) {
  if (segy.layout.is_su) return {};
  std::string characters(static_cast<std::size_t>(kTextHeaderBytes), '\0');
  segy.file.read(0, std::as_writable_bytes(std::span(characters)));
  const auto blanks = [&](char blank) { return std::count(characters.begin(), characters.end(), blank); };
  if (blanks(kEbcdicBlank) > blanks(kAsciiBlank)) characters = ebcdic_text(segy.file.path());
  // What no terminal shows is a blank.
  std::replace_if(characters.begin(), characters.end(), [](char c) { return c < ' ' || c > '~'; }, ' ');
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < characters.size(); at += kLine) {
    auto line = characters.substr(at, kLine);
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace firstframe
