#include "io/volume/tiff_pages.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/volume/imagej_description.h"

namespace firstframe {
namespace {

template <typename Value>
Value field(TIFF* tiff, std::uint32_t tag) {
  Value value{};
  TIFFGetFieldDefaulted(tiff, tag, &value);
  return value;
}

[[noreturn]] void refuse(const TiffFile& file, std::size_t page, const std::string& why) {
  throw FormatError(text(file.path().string(), ": page ", page + 1, " ", why));
}

bool is_full_size(TIFF* tiff) {
  return (field<std::uint32_t>(tiff, TIFFTAG_SUBFILETYPE) & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0;
}

std::string photometric_name(std::uint16_t photometric) {
  switch (photometric) {
    case PHOTOMETRIC_RGB:
      return "RGB colour";
    case PHOTOMETRIC_PALETTE:
      return "a palette";
    case PHOTOMETRIC_YCBCR:
      return "YCbCr colour";
    case PHOTOMETRIC_SEPARATED:
      return "CMYK colour";
    default:
      return text("PhotometricInterpretation ", photometric);
  }
}

std::optional<StoredType> stored_type(int bits, int format) {
  const bool is_signed = format == SAMPLEFORMAT_INT;
  if (format == SAMPLEFORMAT_IEEEFP) {
    if (bits == 32) return StoredType::float32;
    if (bits == 64) return StoredType::float64;
  } else if (is_signed || format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID) {
    if (bits == 8) return is_signed ? StoredType::int8 : StoredType::uint8;
    if (bits == 16) return is_signed ? StoredType::int16 : StoredType::uint16;
    if (bits == 32) return is_signed ? StoredType::int32 : StoredType::uint32;
  }
  return std::nullopt;
}

StoredType accepted_type(const TiffFile& file, std::size_t page) {
  auto* tiff = file.get();
  const auto channels = field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL);
  std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  if (photometric == PHOTOMETRIC_MINISWHITE)
    refuse(file, page, "stores white as 0; 0 must be black: invert it first (in ImageMagick: -negate)");
  if (channels != 1 || photometric != PHOTOMETRIC_MINISBLACK)
    refuse(file, page,
           text("has ", channels, channels == 1 ? " channel of " : " channels of ",
                photometric_name(photometric),
                "; a volume holds one grey channel: convert it first (in ImageJ: Image > Type, or Split "
                "Channels)"));
  const int bits = field<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE),
            format = field<std::uint16_t>(tiff, TIFFTAG_SAMPLEFORMAT);
  const auto type = stored_type(bits, format);
  if (!type)
    refuse(file, page,
           text("has ", bits, "-bit samples of format ", format,
                "; integers of 8, 16 and 32 bits and floats of 32 and 64 are accepted"));
  return *type;
}

// Strips or tiles with their lengths; every one must lie inside the file.
std::vector<std::uint64_t> checked_places(const TiffFile& file, std::size_t page) {
  auto* tiff = file.get();
  const bool is_tiled = TIFFIsTiled(tiff);
  const auto* starts = field<std::uint64_t*>(tiff, is_tiled ? TIFFTAG_TILEOFFSETS : TIFFTAG_STRIPOFFSETS);
  const auto* lengths =
      field<std::uint64_t*>(tiff, is_tiled ? TIFFTAG_TILEBYTECOUNTS : TIFFTAG_STRIPBYTECOUNTS);
  const auto count = is_tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  if (!starts || !lengths || count == 0) refuse(file, page, "does not say where its pixels are");
  const auto size = file.size_in_bytes();
  for (std::uint32_t i = 0; i < count; ++i)
    if (starts[i] > size || lengths[i] > size - starts[i])
      refuse(file, page,
             text("refers to byte ", starts[i] + lengths[i], ", the file has ", size,
                  ": it is cut; copy it again"));
  return {starts, starts + count};
}

bool is_raw(TIFF* tiff) {
  return !TIFFIsTiled(tiff) && field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION) == COMPRESSION_NONE &&
         field<std::uint16_t>(tiff, TIFFTAG_FILLORDER) == FILLORDER_MSB2LSB;
}

// Bands that follow each other are one: the places of 10000 pages of 500 bands each would fill 40 MB.
void join_bands(std::vector<std::uint64_t>& strips, std::uint64_t strip_bytes) {
  for (std::size_t i = 1; i < strips.size(); ++i)
    if (strips[i] != strips[0] + i * strip_bytes) return;
  strips.resize(1);
}

void read_page(const TiffFile& file, TiffPages& stack) {
  auto* tiff = file.get();
  const auto page = stack.pages.size();
  const Extent extent{field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH),
                      field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH)};
  const auto stored = accepted_type(file, page);
  if (page == 0) {
    if (extent.rows < 1 || extent.cols < 1)
      refuse(file, page, text("is ", name_of(extent), "; at least one pixel is needed"));
    stack.extent = extent;
    stack.stored = stored;
    stack.rows_per_strip =
        std::min<std::int64_t>(field<std::uint32_t>(tiff, TIFFTAG_ROWSPERSTRIP), extent.rows);
    stack.is_in_place = is_raw(tiff) && stack.rows_per_strip > 0;
  }
  if (extent != stack.extent)
    refuse(
        file, page,
        text("is ", name_of(extent), ", page 1 ", name_of(stack.extent), "; all pages must be of one size"));
  if (stored != stack.stored)
    refuse(file, page,
           text("holds ", name_of(stored), ", page 1 ", name_of(stack.stored),
                "; all pages must be of one type"));
  stack.is_compressed |= field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION) != COMPRESSION_NONE;

  TiffPage found{TIFFCurrentDirOffset(tiff), checked_places(file, page)};
  const auto rows = std::min<std::int64_t>(field<std::uint32_t>(tiff, TIFFTAG_ROWSPERSTRIP), extent.rows);
  const auto strips = rows > 0 ? (extent.rows + rows - 1) / rows : 0;
  const auto row_bytes = static_cast<std::uint64_t>(extent.cols * bytes_per_sample(stored));
  stack.is_in_place = stack.is_in_place && is_raw(tiff) && rows == stack.rows_per_strip &&
                      static_cast<std::int64_t>(found.strips.size()) == strips;
  if (stack.is_in_place) {
    const auto last = static_cast<std::uint64_t>(extent.rows - (strips - 1) * rows) * row_bytes;
    if (found.strips.back() + last > file.size_in_bytes() || found.strips.back() + last < last)
      refuse(
          file, page,
          text("ends behind byte ", file.size_in_bytes(), ", where the file ends: it is cut; copy it again"));
    join_bands(found.strips, static_cast<std::uint64_t>(rows) * row_bytes);
  } else {
    found.strips.clear();
  }
  stack.pages.push_back(std::move(found));
}

void read_scale(TIFF* tiff, TiffPages& stack) {
  const char* description = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_IMAGEDESCRIPTION, &description) && description)
    stack.description = description;
  float across = 0, down = 0;
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &across) && across > 0) stack.cols_per_unit = across;
  if (TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &down) && down > 0) stack.rows_per_unit = down;
  const auto unit = field<std::uint16_t>(tiff, TIFFTAG_RESOLUTIONUNIT);
  stack.unit_mm = unit == RESUNIT_INCH ? 25.4 : unit == RESUNIT_CENTIMETER ? 10 : 0;
}

// ImageJ's way above 4 GiB: one directory, then all planes one behind the other.
void add_bare_planes(const TiffFile& file, TiffPages& stack) {
  const auto lines = read_imagej_lines(stack.description);
  const auto promised = lines ? number_of(*lines, "images").value_or(1) : 1;
  if (promised <= 1 || stack.pages.size() != 1) return;
  const auto plane = static_cast<std::uint64_t>(stack.extent.area() * bytes_per_sample(stack.stored));
  const auto first = stack.is_in_place ? stack.row_place(0, 0) : 0;
  const auto whole = stack.is_in_place ? (file.size_in_bytes() - first) / plane : 1;
  if (static_cast<double>(whole) < promised)
    throw FormatError(text(file.path().string(), ": its ImageJ description promises ", promised, " images, ",
                           whole, " are in the file: it is cut; copy it again"));
  if (stack.pages.front().strips.size() != 1)
    throw FormatError(text(
        file.path().string(), ": its ImageJ description promises ", promised,
        " images behind one directory, but the rows of the first are scattered; save it again in ImageJ"));
  for (std::uint64_t page = 1; page < static_cast<std::uint64_t>(promised); ++page)
    stack.pages.push_back({0, {first + page * plane}});
}

}  // namespace

std::uint64_t TiffPages::row_place(std::int64_t page, std::int64_t row) const {
  const auto& strips = pages[static_cast<std::size_t>(page)].strips;
  const auto band = strips.size() == 1 ? 0 : row / rows_per_strip;
  const auto row_bytes = extent.cols * bytes_per_sample(stored);
  return strips[static_cast<std::size_t>(band)] +
         static_cast<std::uint64_t>((row - band * rows_per_strip) * row_bytes);
}

TiffPages read_tiff_pages(TiffFile& file) {
  auto* tiff = file.get();
  TiffPages stack;
  stack.is_big_endian = TIFFIsBigEndian(tiff);
  for (;;) {
    if (is_full_size(tiff)) {
      if (stack.pages.empty()) read_scale(tiff, stack);
      read_page(file, stack);
    }
    if (TIFFLastDirectory(tiff)) break;
    if (!TIFFReadDirectory(tiff))
      throw FormatError(text(file.path().string(), ": the page behind page ", stack.pages.size(),
                             " cannot be read", file.complaint(), ": the file is cut or damaged; copy it again"));
  }
  if (stack.pages.empty()) throw FormatError(text(file.path().string(), ": holds no page of full size"));
  add_bare_planes(file, stack);
  return stack;
}

bool is_tiff_stack(const std::filesystem::path& path) {
  TiffFile file(path);
  std::int64_t pages = 0;
  do {
    if (!is_full_size(file.get())) continue;
    if (++pages > 1) return true;
    const char* description = nullptr;
    if (TIFFGetField(file.get(), TIFFTAG_IMAGEDESCRIPTION, &description) && description)
      if (const auto lines = read_imagej_lines(description))
        return number_of(*lines, "images").value_or(1) > 1;
  } while (!TIFFLastDirectory(file.get()) && TIFFReadDirectory(file.get()));
  return false;
}

}  // namespace firstframe
