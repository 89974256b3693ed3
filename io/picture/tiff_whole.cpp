#include <vector>

#include "core/base/text.h"
#include "io/picture/picture_whole.h"

namespace firstframe {
namespace {

enum Tag { kSubfileType = 254, kStripOffsets = 273, kStripBytes = 279, kTileOffsets = 324, kTileBytes = 325 };

// Thrown and caught in this file only: the walk left the file.
struct BeyondEnd {
  std::uint64_t byte;
};

struct Entry {
  std::uint64_t tag, type, count, values_at;
};

class Tiff {
 public:
  explicit Tiff(std::span<const std::byte> file) : file_(file) {
    is_big_endian_ = number(0, 1) == 'M';
    is_big_tiff_ = number(2, 2) == 43;
  }

  std::uint64_t first_directory() const { return is_big_tiff_ ? number(8, 8) : number(4, 4); }

  std::uint64_t number(std::uint64_t at, std::uint64_t bytes) const {
    require(at, bytes);
    std::uint64_t value = 0;
    for (std::uint64_t i = 0; i < bytes; ++i)
      value = value << 8 | std::to_integer<std::uint64_t>(file_[at + (is_big_endian_ ? i : bytes - 1 - i)]);
    return value;
  }

  void require(std::uint64_t at, std::uint64_t bytes) const {
    if (at > file_.size() || bytes > file_.size() - at)
      throw BeyondEnd{at > file_.size() ? at : file_.size()};
  }

  // One directory; `at` moves on to the next, 0 after the last.
  std::vector<Entry> directory(std::uint64_t& at) const {
    const std::uint64_t head = is_big_tiff_ ? 8 : 2, size = is_big_tiff_ ? 20 : 12,
                        link = is_big_tiff_ ? 8 : 4;
    const auto count = number(at, head);
    if (count > 0xffff) return at = 0, std::vector<Entry>{};
    require(at + head, count * size + link);
    std::vector<Entry> entries;
    for (auto entry = at + head; entry < at + head + count * size; entry += size) {
      Entry found{number(entry, 2), number(entry + 2, 2), number(entry + 4, link), entry + 4 + link};
      const auto bytes = value_bytes(found.type);
      if (bytes != 0 && found.count > file_.size()) throw BeyondEnd{file_.size()};
      if (found.count * bytes > link) found.values_at = number(found.values_at, link);
      require(found.values_at, found.count * bytes);
      entries.push_back(found);
    }
    at = number(at + head + count * size, link);
    return entries;
  }

  std::vector<std::uint64_t> values(const Entry& entry) const {
    std::vector<std::uint64_t> all;
    const auto bytes = value_bytes(entry.type);
    for (std::uint64_t i = 0; bytes != 0 && i < entry.count; ++i)
      all.push_back(number(entry.values_at + i * bytes, bytes));
    return all;
  }

 private:
  static std::uint64_t value_bytes(std::uint64_t type) {
    constexpr int kBytes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < std::size(kBytes) ? kBytes[type] : 0;
  }

  std::span<const std::byte> file_;
  bool is_big_endian_ = false;
  bool is_big_tiff_ = false;  // 64-bit places, for files above 4 GB
};

// Every strip or tile must lie inside the file. \return whether the directory holds a full-size picture
bool check_page(const Tiff& tiff, const std::vector<Entry>& directory) {
  std::vector<std::uint64_t> starts, lengths;
  bool is_full_size = true;
  for (const auto& entry : directory) {
    if (entry.tag == kStripOffsets || entry.tag == kTileOffsets) starts = tiff.values(entry);
    if (entry.tag == kStripBytes || entry.tag == kTileBytes) lengths = tiff.values(entry);
    if (entry.tag == kSubfileType && entry.count == 1) is_full_size = (tiff.values(entry).at(0) & 1) == 0;
  }
  for (std::size_t i = 0; i < std::min(starts.size(), lengths.size()); ++i)
    tiff.require(starts[i], lengths[i]);
  return is_full_size && !starts.empty();
}

}  // namespace

TiffSurvey survey_tiff(std::span<const std::byte> file) {
  TiffSurvey survey;
  try {
    const Tiff tiff(file);
    auto at = tiff.first_directory();
    // The limit ends a chain that bites its own tail.
    for (int pages = 0; at != 0 && pages < 65536; ++pages)
      if (check_page(tiff, tiff.directory(at))) ++survey.pages;
  } catch (const BeyondEnd& end) {
    survey.breaks_off =
        end.byte > file.size()
            ? text("it has ", file.size(), " bytes and refers to byte ", end.byte)
            : text("it ends after ", file.size(), " bytes, inside its pixels or its directory");
  }
  return survey;
}

}  // namespace firstframe
