#include <itkMetaImageIO.h>

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_reader.h"
#include "io/volume/block_source.h"
#include "io/volume/inflate_file.h"
#include "io/volume/itk_header.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr std::size_t kLongestHeader = std::size_t{1} << 20;  // bytes

// The samples of a file of its own kind begin behind the line that names where they are, which is the header's last.
std::int64_t header_length(const fs::path& path) {
  const auto bytes = read_bytes(path, kLongestHeader);
  const std::string_view header(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (std::size_t begin = 0; begin < header.size();) {
    const auto end = header.find('\n', begin);
    if (end == header.npos) break;
    const auto line = header.substr(begin, end - begin);
    const auto key = line.find_first_not_of(" \t");
    if (key != line.npos && line.substr(key).starts_with("ElementDataFile")) return static_cast<std::int64_t>(end + 1);
    begin = end + 1;
  }
  throw FormatError(text(path.string(), ": its header does not end: no ElementDataFile in the first ", bytes.size(), " bytes"));
}

bool is_local(const std::string& data) { return data == "LOCAL" || data == "Local" || data == "local"; }

// Data in several files: a list, or a pattern with numbers.
void refuse_many_files(const fs::path& path, const std::string& data) {
  if (data.starts_with("LIST") || data.find('%') != data.npos || data.find(' ') != data.npos)
    throw FormatError(text(path.string(), ": its samples lie in several files (ElementDataFile = ", data,
                           "); write them into one file, or open the slices as a folder"));
}

}  // namespace

std::unique_ptr<SectionSource> open_meta_image(const fs::path& path, const VolumeOptions& options) {
  const auto length = header_length(path);  // first, because MetaIO prints what it thinks of other files
  const auto io = itk::MetaImageIO::New();
  auto info = read_itk_header(*io, path, "MetaImage");
  const auto& header = *io->GetMetaImagePointer();
  const std::string data_name = header.ElementDataFileName();
  refuse_many_files(path, data_name);

  const bool local = is_local(data_name);
  const auto data = local ? path : path.parent_path() / data_name;
  if (!local) { const FileReader file(data); }  // names the file that is missing, not the header
  info.compressed = header.CompressedData();
  if (!header.BinaryData()) {  // written as words
    info.access = VolumeInfo::Access::whole;
    auto samples = read_itk_samples(*io, path);
    return open_memory_source(path, std::move(info), std::move(samples), options);
  }

  auto block = packed_block(info.stored, info.geometry.size, 0, header.BinaryDataByteOrderMSB());
  const auto begin = header.HeaderSize() > 0 ? header.HeaderSize() : local ? length : 0;
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
