#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/frame/section.h"
#include "io/volume/section_source.h"

namespace firstframe {

struct SinkOptions {
  Axis axis = Axis::z;
  /// What the sections are made from: a hash of input, model and settings. A draft is only gone on with when it has the same.
  std::string fingerprint;
  /// Goes on where a stopped run with the same fingerprint left its draft.
  bool resume = false;
  /// Whether a sink that is destroyed before finish() leaves its draft; false for work that knows no resume.
  bool keeps_draft = true;
  /// Whether the sections are what was removed. A SEG-Y output then holds 0 where nothing was restored, instead of the input's bytes.
  bool is_residual = false;
};

/// A volume, written section by section in ascending order. Nothing appears under the final name before finish().
///
/// Sections are written into a draft beside the output, OUT.part, with a journal OUT.part.json. A sink destroyed before finish()
/// leaves both, so that resume can go on, unless it was told not to; a run without resume begins a new draft.
class SectionSink {
 public:
  virtual ~SectionSink() = default;

  /// The first section that is not in the draft yet: 0 unless a stopped run is gone on with.
  virtual std::int64_t first_missing() const = 0;

  /// \param section  as the source's: one channel, coded as code_of(stored) says; or float32 for any stored type, which holds
  ///                 section values (stored value + offset), is rounded and limited to what the stored type holds
  /// \throws ArgumentError when `index` is not the next one, or the section has another size, type or number of channels
  /// \throws OutputError when the disk is full; what was written before can be resumed
  virtual void write(std::int64_t index, const SectionView& section) = 0;

  /// Flushes, and renames the draft to the output. \throws OutputError
  virtual void finish() = 0;

  /// Samples that were beyond what the stored type holds, and were limited to it.
  virtual std::int64_t clipped() const = 0;
};

/// \param path  decides the format by its ending: .mha .mhd .nrrd .nhdr .nii .nii.gz .tif .raw .sgy .segy .su, or a folder: 16-bit PNGs, DICOM
///              slices where the source is a DICOM series
/// \param info  size, spacing, stored type and metadata of what is to be written; metadata that the format cannot hold is left out
/// \throws ArgumentError when the ending is not known or cannot hold the stored type, or `path`, or the file of its samples,
///         is one that `source` is read from
/// \throws OutputError when the folder is missing or not writable, or the disk has no room for the whole volume
std::unique_ptr<SectionSink> open_volume_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                              const SinkOptions& options, const std::filesystem::path& source = {});

}  // namespace firstframe
