#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

#include "io/volume/sample_block.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// Sections cut out of samples that lie in `data` as `block` says, read with pread as they are asked for.
/// \throws FormatError when the file is shorter than the block: "the header promises N bytes, the file has M"
std::unique_ptr<SectionSource> open_block_source(const std::filesystem::path& path, VolumeInfo info,
                                                 const SampleBlock& block, const std::filesystem::path& data,
                                                 const VolumeOptions& options);

/// The same for samples that `read` fetches.
std::unique_ptr<SectionSource> open_read_source(const std::filesystem::path& path, VolumeInfo info, const SampleBlock& block,
                                                ReadAt read, const VolumeOptions& options);

/// Sections cut out of a volume that a library has decoded into memory: packed, native byte order.
std::unique_ptr<SectionSource> open_memory_source(const std::filesystem::path& path, VolumeInfo info,
                                                  std::vector<std::byte> samples, const VolumeOptions& options);

/// The same where `block` says how they lie in `bytes`. \throws FormatError when these are fewer than the block's
std::unique_ptr<SectionSource> open_memory_block(const std::filesystem::path& path, VolumeInfo info, const SampleBlock& block,
                                                 std::vector<std::byte> bytes, const VolumeOptions& options);

/// Refuses a section that is not there, naming how many there are. \throws ArgumentError
void require_section(const SectionSource& source, std::int64_t index);

}  // namespace firstframe
