#include "io/volume/dicom_whole.h"

#include <array>
#include <cctype>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"

namespace firstframe {
namespace {

constexpr std::uint32_t kTransferSyntax = 0x00020010, kPixels = 0x7fe00010, kItemEnd = 0xfffee00d,
                        kSequenceEnd = 0xfffee0dd;
constexpr std::uint32_t kUndefined = 0xffffffff;

// Thrown and caught in this file only: the walk cannot go on.
struct Unusual {};
struct BeyondEnd {};

struct Element {
  std::uint32_t tag = 0;
  std::uint32_t length = 0;
  std::int64_t value_at = 0;
  bool holds_implicit = false;  // elements inside have no type of their own
};

class Walk {
 public:
  explicit Walk(const FileReader& file) : file_(file) {}

  Element element(std::int64_t at, bool is_implicit) const {
    const auto head = bytes<8>(at);
    Element found{number(head, 0, 2) << 16 | number(head, 2, 2), number(head, 4, 4), at + 8, is_implicit};
    if (is_implicit || found.tag >> 16 == 0xfffe) return found;
    const std::string type{static_cast<char>(head[4]), static_cast<char>(head[5])};
    if (!std::isupper(head[4]) || !std::isupper(head[5])) throw Unusual{};
    constexpr std::string_view kLong = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";
    if (kLong.find(type) == kLong.npos) {
      found.length = number(head, 6, 2);
    } else {
      found.length = number(bytes<4>(at + 8), 0, 4);
      found.value_at = at + 12;
      found.holds_implicit = type == "UN";
    }
    return found;
  }

  // The byte behind an element; one of undefined length is walked through item by item.
  std::int64_t end_of(const Element& whole, int depth = 0) const {
    if (whole.length != kUndefined) return whole.value_at + whole.length;
    if (depth > 16) throw Unusual{};
    for (auto at = whole.value_at;;) {
      const auto item = element(at, true);
      at = item.value_at;
      if (item.tag == kSequenceEnd) return at;
      if (item.length != kUndefined) {
        at += item.length;
        continue;
      }
      for (Element inner; (inner = element(at, whole.holds_implicit)).tag != kItemEnd;)
        at = end_of(inner, depth + 1);
      at += 8;
    }
  }

  std::string text_of(const Element& element) const {
    std::string value(element.length, '\0');
    require(element.value_at, element.length);
    file_.read(element.value_at, std::as_writable_bytes(std::span(value)));
    return value.c_str();  // up to the zero byte that fills it
  }

 private:
  template <std::size_t N>
  std::array<unsigned char, N> bytes(std::int64_t at) const {
    std::array<unsigned char, N> found;
    require(at, N);
    file_.read(at, std::as_writable_bytes(std::span(found)));
    return found;
  }
  void require(std::int64_t at, std::int64_t count) const {
    if (at + count > file_.size()) throw BeyondEnd{};
  }
  template <std::size_t N>
  static std::uint32_t number(const std::array<unsigned char, N>& from, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8 | from[at + i];
    return value;
  }

  const FileReader& file_;
};

// The elements of group 2 are never implicit and name the encoding of the others.
std::int64_t behind_group_2(const Walk& walk, std::string& syntax) {
  std::int64_t at = 132;
  for (;;) {
    if (walk.element(at, true).tag >> 16 != 2) return at;  // what follows may have no types
    const auto element = walk.element(at, false);
    if (element.tag == kTransferSyntax) syntax = walk.text_of(element);
    at = walk.end_of(element);
  }
}

}  // namespace

void require_whole_dicom(const std::filesystem::path& path) {
  const FileReader file(path);
  const Walk walk(file);
  Element element;
  try {
    std::string syntax;
    auto at = behind_group_2(walk, syntax);
    if (syntax == "1.2.840.10008.1.2.2" || syntax == "1.2.840.10008.1.2.1.99")
      return;  // big endian, deflated
    const bool is_implicit = syntax == "1.2.840.10008.1.2";
    for (std::uint32_t last = 0;; last = element.tag, at = walk.end_of(element)) {
      element = walk.element(at, is_implicit);
      if (element.tag < last) return;
      if (element.tag >= kPixels) break;
    }
    if (element.tag != kPixels) return;
    if (const auto end = walk.end_of(element); end > file.size())
      throw FormatError(text(path.string(), ": its pixels end at byte ", end, ", the file has ", file.size(),
                             ": it is cut; copy it again"));
  } catch (const Unusual&) {
  } catch (const BeyondEnd&) {
    if (element.tag == kPixels)
      throw FormatError(text(path.string(), ": ends inside its compressed pixels: it is cut; copy it again"));
  }
}

}  // namespace firstframe
