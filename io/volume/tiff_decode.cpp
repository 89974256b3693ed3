#include "io/volume/tiff_decode.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

[[noreturn]] void refuse(TiffFile& file, std::int64_t page) {
  throw FormatError(
      text(file.path().string(), ": page ", page + 1, " is damaged and cannot be decoded", file.complaint()));
}

bool decode_strips(TIFF* tiff, std::span<std::byte> to) {
  const auto strip_bytes = static_cast<std::size_t>(TIFFStripSize(tiff));
  const auto strips = TIFFNumberOfStrips(tiff);
  for (std::uint32_t strip = 0; strip < strips && !to.empty(); ++strip) {
    const auto wanted = std::min(strip_bytes, to.size());
    const auto got = TIFFReadEncodedStrip(tiff, strip, to.data(), static_cast<tmsize_t>(wanted));
    if (got != static_cast<tmsize_t>(wanted)) return false;
    to = to.subspan(wanted);
  }
  return to.empty();
}

bool decode_tiles(TIFF* tiff, Extent page, std::int64_t sample_bytes, std::span<std::byte> to) {
  std::uint32_t tile_rows = 0, tile_cols = 0;
  TIFFGetField(tiff, TIFFTAG_TILELENGTH, &tile_rows);
  TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &tile_cols);
  std::vector<std::byte> tile(static_cast<std::size_t>(TIFFTileSize(tiff)));
  if (tile_rows == 0 || tile_cols == 0) return false;
  for (std::int64_t row = 0; row < page.rows; row += tile_rows)
    for (std::int64_t col = 0; col < page.cols; col += tile_cols) {
      const auto number =
          TIFFComputeTile(tiff, static_cast<std::uint32_t>(col), static_cast<std::uint32_t>(row), 0, 0);
      if (TIFFReadEncodedTile(tiff, number, tile.data(), static_cast<tmsize_t>(tile.size())) !=
          static_cast<tmsize_t>(tile.size()))
        return false;
      const auto rows = std::min<std::int64_t>(tile_rows, page.rows - row),
                 cols = std::min<std::int64_t>(tile_cols, page.cols - col);
      for (std::int64_t r = 0; r < rows; ++r)
        std::memcpy(to.data() + ((row + r) * page.cols + col) * sample_bytes,
                    tile.data() + r * tile_cols * sample_bytes,
                    static_cast<std::size_t>(cols * sample_bytes));
    }
  return true;
}

}  // namespace

void decode_tiff_page(TiffFile& file, const TiffPages& stack, std::int64_t page, std::span<std::byte> to) {
  auto* tiff = file.get();
  file.complaint();  // what it complained about before was another page's
  const bool is_there = TIFFSetSubDirectory(tiff, stack.pages[static_cast<std::size_t>(page)].directory) != 0;
  const bool is_decoded =
      is_there && (TIFFIsTiled(tiff) ? decode_tiles(tiff, stack.extent, bytes_per_sample(stack.stored), to)
                                     : decode_strips(tiff, to));
  if (!is_decoded) refuse(file, page);
}

}  // namespace firstframe
