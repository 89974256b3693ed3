#include <itkMetaImageIO.h>

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"
#include "io/volume/block_source.h"
#include "io/volume/inflate_file.h"
#include "io/volume/itk_header.h"
#include "io/volume/meta_header.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// Data in several files: a list, or a pattern with numbers. A file may be called so, too.
void refuse_many_files(const fs::path& path, const std::string& data) {
  if (fs::exists(path.parent_path() / data)) return;
  if (data.starts_with("LIST") || data.find('%') != data.npos)
    throw FormatError(text(path.string(), ": its samples lie in several files (ElementDataFile = ", data,
                           "); write them into one file, or open the slices as a folder"));
}

}  // namespace

std::unique_ptr<SectionSource> open_meta_image(const fs::path& path, const VolumeOptions& options) {
  const auto where = read_meta_header(path);  // first, because MetaIO prints what it thinks of other files
  const auto io = itk::MetaImageIO::New();
  auto info = read_itk_header(*io, path, "MetaImage");
  const auto& header = *io->GetMetaImagePointer();
  refuse_many_files(path, where.data);

  const bool local = where.is_local();
  const auto data = local ? path : path.parent_path() / where.data;
  if (!local) { const FileReader file(data); }  // names the file that is missing, not the header
  info.compressed = header.CompressedData();
  if (!header.BinaryData()) {  // written as words
    info.access = VolumeInfo::Access::whole;
    auto samples = read_itk_samples(*io, path);
    return open_memory_source(path, std::move(info), std::move(samples), options);
  }

  auto block = packed_block(info.stored, info.geometry.size, 0, header.BinaryDataByteOrderMSB());
  const auto begin = header.HeaderSize() > 0 ? header.HeaderSize() : local ? where.length : 0;
  if (info.compressed) {  // decoded here, because MetaIO takes what there is of a cut file
    info.access = VolumeInfo::Access::whole;
    auto samples = inflate_file(data, begin, block.end());
    return open_memory_block(path, std::move(info), block, std::move(samples), options);
  }
  block.begin = begin;
  if (header.HeaderSize() < 0) {  // the samples end with the file
    block.begin = 0;
    block.begin = std::max<std::int64_t>(0, FileReader(data).size() - block.end());
  }
  return open_block_source(path, std::move(info), block, data, options);
}

}  // namespace firstframe
