#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "io/volume/section_sink.h"

namespace firstframe {

/// Whether a volume of that name is a header with a file of samples: .mhd, .nhdr.
bool is_detached(const std::filesystem::path& path);

/// The file of the samples: OUT.raw, beside where links lead to.
std::filesystem::path detached_data(const std::filesystem::path& path);

/// Writes the samples to OUT.raw and, last, the header that names them to OUT.mhd or OUT.nhdr: a header under its final name
/// never stands beside samples that are not whole. The draft is OUT.raw's, so that two outputs cannot share it.
///
/// \param header  makes the header's text from the name of the data file
/// \throws OutputError when OUT.raw exists and is not what OUT's header names, so that it may belong to something else
/// \throws ArgumentError when a reader of the header would take the data file's name for several files
std::unique_ptr<SectionSink> open_detached_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                                const std::function<std::string(const std::string& data)>& header,
                                                const SinkOptions& options);

}  // namespace firstframe
