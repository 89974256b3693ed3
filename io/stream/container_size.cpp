#include "io/stream/container_size.h"

#include <cctype>
#include <fstream>
#include <string>

namespace firstframe {
namespace {

// A file that is looked into here and there; reads beyond the end give fewer bytes.
class Peeker {
 public:
  explicit Peeker(const std::filesystem::path& path) : file_(path, std::ios::binary | std::ios::ate) {
    if (file_) size_ = static_cast<std::uint64_t>(file_.tellg());
  }
  std::uint64_t size() const { return size_; }

  std::string peek(std::uint64_t at, std::size_t bytes) {
    if (at >= size_) return "";
    std::string found(bytes, '\0');
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(at));
    file_.read(found.data(), static_cast<std::streamsize>(bytes));
    found.resize(static_cast<std::size_t>(file_.gcount()));
    return found;
  }

 private:
  std::ifstream file_;
  std::uint64_t size_ = 0;
};

std::uint64_t big_endian(const std::string& bytes) {
  std::uint64_t value = 0;
  for (const unsigned char byte : bytes) value = value << 8 | byte;
  return value;
}

// AVI: one RIFF chunk after another, more than one above 1 GB. A length of 0 was never filled in.
std::optional<std::uint64_t> avi_size(Peeker& file) {
  std::uint64_t at = 0;
  while (file.peek(at, 4) == "RIFF") {
    const auto length = file.peek(at + 4, 4);
    const auto bytes = big_endian({length.rbegin(), length.rend()});
    if (length.size() < 4 || bytes == 0) return std::nullopt;
    at += 8 + bytes + bytes % 2;
  }
  // Some writers count the chunk's own head, or leave out the padding.
  return at > file.size() && at - file.size() <= 9 ? file.size() : at;
}

// A Matroska number: the leading zeros of its first byte say how many bytes follow. All ones: length not
// known.
struct Vint {
  std::size_t bytes = 0;
  std::uint64_t value = 0;
  bool is_unknown = false;
};

std::optional<Vint> vint_at(Peeker& file, std::uint64_t at) {
  const auto first = file.peek(at, 1);
  if (first.empty() || first[0] == 0) return std::nullopt;
  Vint number;
  while (((static_cast<unsigned char>(first[0]) >> (7 - number.bytes)) & 1) == 0) ++number.bytes;
  ++number.bytes;
  const auto digits = file.peek(at, number.bytes);
  if (digits.size() < number.bytes) return std::nullopt;
  const auto mask = (std::uint64_t{1} << (7 * number.bytes)) - 1;
  number.value = big_endian(digits) & mask;
  number.is_unknown = number.value == mask;
  return number;
}

// Matroska: a head, then one segment that holds everything.
std::optional<std::uint64_t> matroska_size(Peeker& file) {
  std::uint64_t at = 4;
  for (int element = 0; element < 8; ++element) {
    const auto length = vint_at(file, at);
    if (!length || length->is_unknown) return std::nullopt;
    at += length->bytes + length->value;
    const auto id = vint_at(file, at);
    if (!id) return std::nullopt;
    const bool is_segment = file.peek(at, 4) == "\x18\x53\x80\x67";
    at += id->bytes;
    if (!is_segment) continue;
    const auto segment = vint_at(file, at);
    if (!segment || segment->is_unknown) return std::nullopt;
    return at + segment->bytes + segment->value;
  }
  return std::nullopt;
}

bool is_box_name(const std::string& name) {
  for (const unsigned char letter : name)
    if (!std::isalnum(letter) && letter != ' ' && letter != 0xa9) return false;
  return name.size() == 4;
}

// MP4: boxes one after another, each with its length. A last box of length 0 goes on to the end, however far.
std::optional<std::uint64_t> mp4_size(Peeker& file) {
  std::uint64_t at = 0;
  while (at < file.size()) {
    const auto head = file.peek(at, 16);
    if (head.size() < 8 || !is_box_name(head.substr(4, 4))) return at;  // a tail that is no box
    auto bytes = big_endian(head.substr(0, 4));
    if (bytes == 0) return std::nullopt;
    if (bytes == 1 && head.size() == 16) bytes = big_endian(head.substr(8, 8));
    if (bytes < 8 || bytes > UINT64_MAX / 4) return std::nullopt;
    at += bytes;
  }
  return at;
}

}  // namespace

std::optional<std::uint64_t> promised_size(const std::filesystem::path& path) {
  Peeker file(path);
  const auto head = file.peek(0, 12);
  if (head.size() < 12) return std::nullopt;
  if (head.starts_with("RIFF") && head.substr(8) == "AVI ") return avi_size(file);
  if (head.starts_with("\x1a\x45\xdf\xa3")) return matroska_size(file);
  for (const auto* box : {"ftyp", "moov", "mdat", "free", "skip", "wide"})
    if (head.substr(4, 4) == box) return mp4_size(file);
  return std::nullopt;
}

}  // namespace firstframe
