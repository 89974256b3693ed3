#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "elements/gst/volume_plan.h"
#include "io/volume/section_sink.h"

namespace firstframe {

/// The sections of a stream, written in their order. Destroyed before finish() it leaves its draft.
class VolumeWriter {
 public:
  /// \param location     decides the format by its ending
  /// \param source       is not overwritten
  /// \param fingerprint  what the sections are made by
  /// \throws as open_volume_sink
  VolumeWriter(std::string location, const VolumePlan& plan, const std::filesystem::path& source, const std::string& fingerprint,
               bool resume);

  /// The section that is written next; more than 0 at once where a draft is gone on with.
  std::int64_t next() const { return sink_->first_missing(); }
  std::int64_t count() const { return count_; }

  /// Writes a section; one that is in the draft already is passed over.
  /// \return whether it was written
  /// \throws FormatError when sections before it are missing, or there are more than the volume has
  /// \throws ArgumentError when its size or type is not that of the others
  /// \throws OutputError
  bool write(std::int64_t index, const SectionView& section);

  /// Gives the volume its name. \throws FormatError when sections are missing  \throws OutputError
  void finish();

 private:
  std::string location_;
  std::int64_t count_;
  std::unique_ptr<SectionSink> sink_;
};

}  // namespace firstframe
