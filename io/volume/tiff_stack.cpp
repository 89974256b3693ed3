#include "io/volume/tiff_stack.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"
#include "io/volume/block_sink.h"
#include "io/volume/block_source.h"
#include "io/volume/imagej_description.h"
#include "io/volume/sample_block.h"
#include "io/volume/tiff_decode.h"
#include "io/volume/tiff_header.h"
#include "io/volume/tiff_pages.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// libtiff gives resolutions as float; what lies beyond its digits is not the file's.
double seven_digits(double value) {
  const double step = std::pow(10.0, 6 - std::floor(std::log10(value)));
  return std::round(value * step) / step;
}

void refuse_hyperstack(const fs::path& path, const ImagejLines& lines) {
  const auto count = [&](const char* key) { return number_of(lines, key).value_or(1); };
  if (count("channels") > 1)
    throw FormatError(
        text(path.string(), ": is an ImageJ hyperstack of ", count("channels"),
             " channels; a volume holds one: split it first (in ImageJ: Image > Color > Split Channels)"));
  if (count("frames") > 1 && count("slices") > 1)
    throw FormatError(
        text(path.string(), ": is 4-D: ", count("slices"), " slices at ", count("frames"),
             " times; give one volume at a time (in ImageJ: Image > Stacks > Tools > Stack Splitter)"));
}

VolumeGeometry geometry_of(const TiffPages& stack, const ImagejLines& lines) {
  VolumeGeometry geometry;
  geometry.size = {stack.extent.cols, stack.extent.rows, static_cast<std::int64_t>(stack.pages.size())};
  const bool is_imagej = !lines.empty(), has_scale = stack.cols_per_unit > 0 && stack.unit_mm > 0;
  const auto unit = imagej_unit_mm(lines).value_or(has_scale ? stack.unit_mm : is_imagej ? 1 : 0);
  if (unit > 0) {
    const auto across = stack.cols_per_unit > 0 ? stack.cols_per_unit : 1;
    geometry.spacing[0] = seven_digits(unit / across);
    geometry.spacing[1] = seven_digits(unit / (stack.rows_per_unit > 0 ? stack.rows_per_unit : across));
  }
  if (is_imagej) {
    const auto depth = std::abs(number_of(lines, "spacing").value_or(1));
    geometry.spacing[2] = seven_digits((depth > 0 ? depth : 1) * unit);
  }
  static const char* const origins[] = {"xorigin", "yorigin", "zorigin"};
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (const auto at = number_of(lines, origins[axis]).value_or(0); at != 0)
      geometry.origin[axis] = -at * geometry.spacing[axis];
  return geometry;
}

// The pages as one volume without gaps: a place in it is looked up in the pages' bands of rows.
ReadAt read_in_place(const fs::path& path, std::shared_ptr<const TiffPages> stack) {
  const auto file = std::make_shared<FileReader>(path);
  return [file, stack](std::int64_t offset, std::span<std::byte> to) {
    const auto row_bytes = stack->extent.cols * bytes_per_sample(stack->stored);
    const auto plane = stack->extent.rows * row_bytes;
    while (!to.empty()) {
      const auto page = offset / plane, row = offset % plane / row_bytes, within = offset % row_bytes;
      const auto rows =
          stack->pages[static_cast<std::size_t>(page)].strips.size() == 1
              ? stack->extent.rows - row
              : std::min(stack->rows_per_strip - row % stack->rows_per_strip, stack->extent.rows - row);
      const auto bytes =
          std::min<std::int64_t>(rows * row_bytes - within, static_cast<std::int64_t>(to.size()));
      file->read(static_cast<std::int64_t>(stack->row_place(page, row)) + within,
                 to.first(static_cast<std::size_t>(bytes)));
      to = to.subspan(static_cast<std::size_t>(bytes));
      offset += bytes;
    }
  };
}

// The same for pages that libtiff decodes: the one that was asked for last is held.
ReadAt read_decoded(std::shared_ptr<TiffFile> file, std::shared_ptr<const TiffPages> stack) {
  const auto held =
      std::make_shared<std::pair<std::int64_t, std::vector<std::byte>>>(-1, std::vector<std::byte>{});
  return [file, stack, held](std::int64_t offset, std::span<std::byte> to) {
    const auto plane = stack->extent.area() * bytes_per_sample(stack->stored);
    while (!to.empty()) {
      const auto page = offset / plane;
      if (held->first != page) {
        held->first = -1;
        held->second.resize(static_cast<std::size_t>(plane));
        decode_tiff_page(*file, *stack, page, held->second);
        held->first = page;
      }
      const auto bytes = std::min<std::int64_t>(plane - offset % plane, static_cast<std::int64_t>(to.size()));
      std::memcpy(to.data(), held->second.data() + offset % plane, static_cast<std::size_t>(bytes));
      to = to.subspan(static_cast<std::size_t>(bytes));
      offset += bytes;
    }
  };
}

std::vector<std::byte> decode_whole(TiffFile& file, const TiffPages& stack) {
  const auto plane = static_cast<std::size_t>(stack.extent.area() * bytes_per_sample(stack.stored));
  std::vector<std::byte> samples(plane * stack.pages.size());
  for (std::size_t page = 0; page < stack.pages.size(); ++page)
    decode_tiff_page(file, stack, static_cast<std::int64_t>(page),
                     std::span(samples).subspan(page * plane, plane));
  return samples;
}

}  // namespace

std::unique_ptr<SectionSource> open_tiff_stack(const fs::path& path, const VolumeOptions& options) {
  const auto file = std::make_shared<TiffFile>(path);
  const auto stack = std::make_shared<const TiffPages>(read_tiff_pages(*file));
  const auto lines = read_imagej_lines(stack->description).value_or(ImagejLines{});
  refuse_hyperstack(path, lines);

  VolumeInfo info;
  info.format = "TIFF stack";
  info.stored = stack->stored;
  info.geometry = geometry_of(*stack, lines);
  info.compressed = stack->is_compressed;
  if (!stack->description.empty()) info.metadata[kImageDescription] = stack->description;

  if (stack->is_in_place)
    return open_read_source(path, info,
                            packed_block(info.stored, info.geometry.size, 0, stack->is_big_endian),
                            read_in_place(path, stack), options);
  if (options.axis == Axis::z)
    return open_read_source(
        path, info, packed_block(info.stored, info.geometry.size, 0, std::endian::native == std::endian::big),
        read_decoded(file, stack), options);
  info.access = VolumeInfo::Access::whole;
  return open_memory_source(path, info, decode_whole(*file, *stack), options);
}

std::unique_ptr<SectionSink> open_tiff_stack_sink(const fs::path& path, const VolumeInfo& info,
                                                  const SinkOptions& options) {
  auto header = tiff_stack_header(info);
  const auto block = packed_block(info.stored, info.geometry.size, static_cast<std::int64_t>(header.size()));
  return open_block_sink(path, info, {std::move(header), block, {}}, options);
}

}  // namespace firstframe
