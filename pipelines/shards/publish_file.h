#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace firstframe {

/// Flushes a folder, so that a name that was just given survives a power cut. File systems that cannot lose nothing by it.
void flush_folder(const std::filesystem::path& folder);

/// Replaces a small file by `content`: written to FILE.part.TAG, flushed, renamed.
/// \throws OutputError, TransientError
void publish_file(const std::filesystem::path& file, std::string_view content, const std::string& tag);

}  // namespace firstframe
