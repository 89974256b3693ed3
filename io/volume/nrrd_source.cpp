#include <itkNrrdImageIO.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"
#include "io/volume/block_source.h"
#include "io/volume/inflate_file.h"
#include "io/volume/itk_header.h"
#include "io/volume/nrrd_header.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {

std::unique_ptr<SectionSource> open_nrrd(const fs::path& path, const VolumeOptions& options) {
  const auto where = read_nrrd_header(path);
  if (where.in_many_files)
    throw FormatError(text(path.string(), ": its samples lie in several files (data file: ", where.file,
                           "); write them into one file, or open the slices as a folder"));
  const auto data = where.file.empty() ? path : path.parent_path() / where.file;
  if (data != path) { const FileReader file(data); }  // names the file that is missing, not the header

  const auto io = itk::NrrdImageIO::New();
  auto info = read_itk_header(*io, path, "NRRD");
  info.compressed = where.encoding == "gzip" || where.encoding == "bzip2";
  auto block = packed_block(info.stored, info.geometry.size, 0, where.big_endian);
  if (where.encoding != "raw" || where.line_skip > 0) info.access = VolumeInfo::Access::whole;
  if (where.encoding == "gzip" && where.line_skip == 0 && where.byte_skip == 0) {
    auto samples = inflate_file(data, data == path ? where.header_length : 0, block.end());
    return open_memory_block(path, std::move(info), block, std::move(samples), options);
  }
  if (info.access == VolumeInfo::Access::whole) {
    auto samples = read_itk_samples(*io, path);
    return open_memory_source(path, std::move(info), std::move(samples), options);
  }
  if (where.byte_skip < 0)
    block.begin = std::max<std::int64_t>(0, FileReader(data).size() - block.end());  // the samples end with the file
  else
    block.begin = (data == path ? where.header_length : 0) + where.byte_skip;
  return open_block_source(path, std::move(info), block, data, options);
}

}  // namespace firstframe
