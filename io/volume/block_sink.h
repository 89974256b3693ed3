#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "io/volume/sample_block.h"
#include "io/volume/volume_draft.h"

namespace firstframe {

/// A volume's file as a header and a block of samples.
struct BlockLayout {
  std::string header;  // the draft's first bytes; the samples may begin behind them or in a file of their own
  SampleBlock block;
  /// Turns the finished draft into the output; nothing renames it.
  std::function<void(VolumeDraft&)> publish;
};

/// Little-endian samples right behind their header.
BlockLayout local_layout(const VolumeInfo& info, std::string header);

/// Writes sections into their places in a draft. Those along x, whose samples lie a row apart, are gathered up to 32 MiB or for
/// ten seconds, and then written row by row.
std::unique_ptr<SectionSink> open_block_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                             BlockLayout layout, const SinkOptions& options);

}  // namespace firstframe
