#pragma once

#include <tiffio.h>

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "io/volume/section_source.h"

namespace firstframe {

/// A stack in memory: x fastest, then y, then pages.
template <typename Sample>
struct Stack {
  Extent extent{5, 7};
  std::int64_t pages = 4;
  std::vector<Sample> samples;

  explicit Stack(Extent size = {5, 7}, std::int64_t count = 4) : extent(size), pages(count) {
    std::mt19937 generator(1);
    for (std::int64_t i = 0; i < extent.area() * pages; ++i)
      samples.push_back(std::is_floating_point_v<Sample>
                            ? static_cast<Sample>(static_cast<float>(generator()) / 1e6f - 2000)
                            : static_cast<Sample>(generator()));
  }
  Sample at(std::int64_t x, std::int64_t y, std::int64_t z) const {
    return samples[static_cast<std::size_t>((z * extent.rows + y) * extent.cols + x)];
  }
};

/// How libtiff is to write it.
struct TiffStyle {
  const char* mode = "w";  // "w8" BigTIFF, "wb" big endian
  int compression = COMPRESSION_NONE;
  std::uint32_t rows_per_strip = 2;
  std::uint32_t tile = 0;  // side; 0 for strips
  std::string description = {};
  float resolution = 0;  // across; down it is half
  int unit = RESUNIT_INCH;
};

template <typename Sample>
void begin_page(TIFF* tiff, const Stack<Sample>& stack, const TiffStyle& style) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(stack.extent.cols));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(stack.extent.rows));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, static_cast<int>(8 * sizeof(Sample)));
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, style.compression);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT,
               std::is_floating_point_v<Sample> ? SAMPLEFORMAT_IEEEFP
               : std::is_signed_v<Sample>       ? SAMPLEFORMAT_INT
                                                : SAMPLEFORMAT_UINT);
  if (!style.description.empty()) TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, style.description.c_str());
  if (style.resolution > 0) {
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, style.resolution);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, style.resolution / 2);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, style.unit);
  }
}

template <typename Sample>
void write_pages(const std::filesystem::path& path, const Stack<Sample>& stack, const TiffStyle& style = {}) {
  auto* tiff = TIFFOpen(path.c_str(), style.mode);
  for (std::int64_t page = 0; page < stack.pages; ++page) {
    begin_page(tiff, stack, style);
    if (style.tile == 0) {
      TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, style.rows_per_strip);
      for (std::int64_t row = 0; row < stack.extent.rows; ++row) {
        std::vector<Sample> line;
        for (std::int64_t col = 0; col < stack.extent.cols; ++col) line.push_back(stack.at(col, row, page));
        TIFFWriteScanline(tiff, line.data(), static_cast<std::uint32_t>(row), 0);
      }
    } else {
      TIFFSetField(tiff, TIFFTAG_TILEWIDTH, style.tile);
      TIFFSetField(tiff, TIFFTAG_TILELENGTH, style.tile);
      for (std::uint32_t y = 0; y < stack.extent.rows; y += style.tile)
        for (std::uint32_t x = 0; x < stack.extent.cols; x += style.tile) {
          std::vector<Sample> tile;
          for (std::uint32_t row = y; row < y + style.tile; ++row)
            for (std::uint32_t col = x; col < x + style.tile; ++col)
              tile.push_back(row < stack.extent.rows && col < stack.extent.cols ? stack.at(col, row, page)
                                                                                : Sample{});
          TIFFWriteTile(tiff, tile.data(), x, y, 0, 0);
        }
    }
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
}

/// Samples of all sections that are not the stack's.
template <typename Sample>
std::int64_t different_samples(SectionSource& source, const Stack<Sample>& truth) {
  std::int64_t different = 0;
  const auto code = code_of(source.info().stored);
  for (std::int64_t index = 0; index < source.count(); ++index) {
    const auto section = source.read(index);
    for (std::int64_t row = 0; row < section.extent().rows; ++row)
      for (std::int64_t col = 0; col < section.extent().cols; ++col) {
        const auto sample = source.axis() == Axis::z   ? truth.at(col, row, index)
                            : source.axis() == Axis::y ? truth.at(col, index, row)
                                                       : truth.at(index, col, row);
        const auto place = row * section.extent().cols + col;
        double found = 0;
        if (section.type() == SampleType::uint8) found = section.samples<std::uint8_t>()[place] - code.offset;
        if (section.type() == SampleType::uint16)
          found = section.samples<std::uint16_t>()[place] - code.offset;
        if (section.type() == SampleType::float32) found = section.samples<float>()[place];
        different +=
            found !=
            static_cast<double>(section.type() == SampleType::float32 ? static_cast<float>(sample) : sample);
      }
  }
  return different;
}

}  // namespace firstframe
