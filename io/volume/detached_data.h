#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "io/volume/section_sink.h"

namespace firstframe {

/// Writes the samples to OUT.raw and, last, the header that names them to OUT.mhd or OUT.nhdr: a header under its final name
/// never stands beside samples that are not whole.
///
/// \param header  makes the header's text from the name of the data file
/// \throws OutputError when OUT.raw exists without OUT's header, so that it may belong to something else
std::unique_ptr<SectionSink> open_detached_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                                const std::function<std::string(const std::string& data)>& header,
                                                const SinkOptions& options);

}  // namespace firstframe
