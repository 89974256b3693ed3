#include "io/volume/tiff_header.h"

#include <tiff.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "io/volume/imagej_description.h"

namespace firstframe {
namespace {

struct Entry {
  std::uint16_t tag;
  std::uint16_t type;
  std::uint64_t count;
  std::uint64_t value;  // or where it is
};

struct Rational {
  std::uint32_t above = 1, below = 1;
};

// The continued fraction of `value`, broken off where 32 bits end: 1 / 0.0039 becomes 10000 / 39.
Rational rational(double value) {
  constexpr double kMost = std::numeric_limits<std::uint32_t>::max();
  double above = 1, above_before = 0, below = 0, below_before = 1, rest = value;
  for (int step = 0; step < 40; ++step) {
    const double whole = std::floor(rest);
    const double next_above = whole * above + above_before, next_below = whole * below + below_before;
    if (next_above > kMost || next_below > kMost) break;
    above_before = std::exchange(above, next_above);
    below_before = std::exchange(below, next_below);
    if (std::abs(above / below - value) <= value * 1e-13 || rest == whole) break;
    rest = 1 / (rest - whole);
  }
  if (below == 0) return {std::numeric_limits<std::uint32_t>::max(), 1};
  return {static_cast<std::uint32_t>(above), static_cast<std::uint32_t>(below)};
}

std::uint16_t sample_format(StoredType stored) {
  switch (stored) {
    case StoredType::int8:
    case StoredType::int16:
    case StoredType::int32:
      return SAMPLEFORMAT_INT;
    case StoredType::float32:
    case StoredType::float64:
      return SAMPLEFORMAT_IEEEFP;
    default:
      return SAMPLEFORMAT_UINT;
  }
}

class Header {
 public:
  Header(const VolumeInfo& info, bool is_big)
      : info_(info), is_big_(is_big), description_(imagej_description(info)) {
    description_.push_back('\0');
  }

  std::string bytes() {
    const auto pages = info_.geometry.size[2];
    const auto unit = imagej_output_unit_mm(info_);
    put("II");
    put(is_big_ ? 43 : 42, 2);
    if (is_big_) put(8, 4);  // bytes of a place, and two zeros
    put(is_big_ ? 16 : 8, place_bytes());

    // Behind the directories: description, resolutions, samples.
    const std::uint64_t directories =
        bytes_.size() + directory_bytes(true) + (pages - 1) * directory_bytes(false);
    describe_at_ = directories;
    across_at_ = (describe_at_ + description_.size() + 7) / 8 * 8;
    begin_ = across_at_ + 16;
    const auto plane = static_cast<std::uint64_t>(info_.geometry.size[0] * info_.geometry.size[1] *
                                                  bytes_per_sample(info_.stored));
    for (std::int64_t page = 0; page < pages; ++page) {
      const auto entries = page_entries(page == 0, begin_ + static_cast<std::uint64_t>(page) * plane, plane);
      put(entries.size(), is_big_ ? 8 : 2);
      for (const auto& entry : entries) put(entry);
      const auto next = bytes_.size() + place_bytes();
      put(page + 1 < pages ? next : 0, place_bytes());
    }

    put(description_);
    bytes_.resize(across_at_);
    for (const auto axis : {0, 1})
      put(rational(unit / info_.geometry.spacing[static_cast<std::size_t>(axis)]));
    return std::move(bytes_);
  }

 private:
  std::uint64_t place_bytes() const { return is_big_ ? 8 : 4; }
  std::uint64_t directory_bytes(bool is_first) const {
    const std::uint64_t entries = is_first ? 15 : 14;
    return is_big_ ? 8 + entries * 20 + 8 : 2 + entries * 12 + 4;
  }

  std::vector<Entry> page_entries(bool is_first, std::uint64_t place, std::uint64_t bytes) const {
    const auto cols = static_cast<std::uint64_t>(info_.geometry.size[0]),
               rows = static_cast<std::uint64_t>(info_.geometry.size[1]);
    const auto bits = static_cast<std::uint64_t>(8 * bytes_per_sample(info_.stored));
    const std::uint16_t place_type = is_big_ ? TIFF_LONG8 : TIFF_LONG;
    std::vector<Entry> entries{{TIFFTAG_SUBFILETYPE, TIFF_LONG, 1, 0},
                               {TIFFTAG_IMAGEWIDTH, TIFF_LONG, 1, cols},
                               {TIFFTAG_IMAGELENGTH, TIFF_LONG, 1, rows},
                               {TIFFTAG_BITSPERSAMPLE, TIFF_SHORT, 1, bits},
                               {TIFFTAG_COMPRESSION, TIFF_SHORT, 1, COMPRESSION_NONE},
                               {TIFFTAG_PHOTOMETRIC, TIFF_SHORT, 1, PHOTOMETRIC_MINISBLACK}};
    if (is_first)
      entries.push_back({TIFFTAG_IMAGEDESCRIPTION, TIFF_ASCII, description_.size(), describe_at_});
    entries.insert(entries.end(), {{TIFFTAG_STRIPOFFSETS, place_type, 1, place},
                                   {TIFFTAG_SAMPLESPERPIXEL, TIFF_SHORT, 1, 1},
                                   {TIFFTAG_ROWSPERSTRIP, TIFF_LONG, 1, rows},
                                   {TIFFTAG_STRIPBYTECOUNTS, place_type, 1, bytes},
                                   {TIFFTAG_XRESOLUTION, TIFF_RATIONAL, 1, across_at_},
                                   {TIFFTAG_YRESOLUTION, TIFF_RATIONAL, 1, across_at_ + 8},
                                   {TIFFTAG_RESOLUTIONUNIT, TIFF_SHORT, 1, RESUNIT_NONE},
                                   {TIFFTAG_SAMPLEFORMAT, TIFF_SHORT, 1, sample_format(info_.stored)}});
    return entries;
  }

  void put(std::string_view characters) { bytes_.append(characters); }
  void put(std::uint64_t value, std::uint64_t bytes) {
    for (; bytes > 0; --bytes, value >>= 8) bytes_.push_back(static_cast<char>(value & 0xff));
  }
  void put(const Rational& value) {
    put(value.above, 4);
    put(value.below, 4);
  }
  void put(const Entry& entry) {
    put(entry.tag, 2);
    put(entry.type, 2);
    put(entry.count, place_bytes());
    // A fraction fits into a BigTIFF entry, so there it stands itself.
    if (is_big_ && entry.type == TIFF_RATIONAL)
      put(rational(imagej_output_unit_mm(info_) /
                   info_.geometry.spacing[entry.tag == TIFFTAG_XRESOLUTION ? 0 : 1]));
    else
      put(entry.value, place_bytes());
  }

  const VolumeInfo& info_;
  bool is_big_;
  std::string description_;
  std::string bytes_;
  std::uint64_t describe_at_ = 0, across_at_ = 0, begin_ = 0;
};

}  // namespace

std::string tiff_stack_header(const VolumeInfo& info) {
  const auto [x, y, z] = info.geometry.size;
  auto header = Header(info, /*is_big=*/false).bytes();
  const auto end =
      static_cast<double>(header.size()) + static_cast<double>(x) * static_cast<double>(y) *
                                               static_cast<double>(z * bytes_per_sample(info.stored));
  if (end > std::numeric_limits<std::uint32_t>::max()) header = Header(info, /*is_big=*/true).bytes();
  return header;
}

}  // namespace firstframe
