#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace firstframe {

/// The files that a volume is read from: a header and the file of its samples, the slices or pictures of a folder, else the
/// file itself. What cannot be read is left for whoever opens the volume to refuse.
///
/// Cost: the header of a .mha, .mhd, .nrrd or .nhdr; the first bytes of every file of a folder.
std::vector<std::filesystem::path> volume_files(const std::filesystem::path& path);

/// The file that a .mha, .mhd, .nrrd or .nhdr says its samples lie in; nothing where they follow the header, lie in several
/// files, or there is no such header.
std::optional<std::filesystem::path> data_file_of(const std::filesystem::path& header);

}  // namespace firstframe
