#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "io/seismic/segy_file.h"
#include "io/seismic/trace_repair.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// A sample that is NaN or infinite (or an IBM number beyond float32).
struct BadSample {
  std::int64_t section = 0, column = 0, sample = 0;
};

/// A section with what its traces are.
struct SeismicSection {
  Section section;                 // as read() gives it: dead, absent and bad ones filled
  std::vector<TraceState> states;  // of its columns
  std::vector<BadSample> bad;
};

/// Sections of a SEG-Y or SU file: rows are samples, columns are traces, section z of the volume is the z-th inline, crossline or
/// gather. Samples are coded as code_of(info().stored) says: int16 0 is 32768, int8 0 is 128.
///
/// What read() gives is what a network may see: dead and absent traces are filled from their live neighbours, samples that are no
/// numbers from theirs. The file's own bytes of these stay in a SEG-Y output.
class SeismicSource : public SectionSource {
 public:
  /// \throws as read()
  virtual SeismicSection read_traces(std::int64_t index) = 0;

  virtual const SegyFile& segy() const = 0;
};

/// The seismic one behind a source that open_volume() made; null for other volumes.
SeismicSource* as_seismic(SectionSource& source);

/// \throws as open_volume and open_segy_file; ArgumentError for another axis than z
std::unique_ptr<SeismicSource> open_segy(const std::filesystem::path& path, const VolumeOptions& options = {});

/// The same of a file that is open.
std::unique_ptr<SeismicSource> open_segy(std::shared_ptr<const SegyFile> file, const VolumeOptions& options = {});

}  // namespace firstframe
