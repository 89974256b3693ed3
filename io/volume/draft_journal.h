#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "io/volume/section_sink.h"

namespace firstframe {

/// How far a draft has come.
struct DraftProgress {
  std::int64_t sections = 0;  // 0 .. sections-1 are in the draft
  std::int64_t bytes = 0;     // the draft's length when they were; what lies behind is not trusted
  std::int64_t clipped = 0;   // samples limited so far
};

/// The small JSON file beside a draft that says what is in it and what it was made from.
///
/// It is rewritten in place, in one block of 4096 bytes that is taken when it is made, so that progress can be noted on a
/// disk that is full.
class DraftJournal {
 public:
  /// \param file  usually OUT.part.json
  /// \param info, options  a journal of another size, stored type, format, axis or fingerprint is not gone on with
  DraftJournal(std::filesystem::path file, const VolumeInfo& info, const SinkOptions& options);

  /// What the journal on the disk says; nothing when there is none.
  /// \throws ArgumentError when it belongs to another input, model or settings
  /// \throws FormatError when it cannot be understood
  std::optional<DraftProgress> read() const;

  /// To be called when the draft is flushed. \throws OutputError
  void write(const DraftProgress& progress) const;

  bool exists() const;
  void remove() const;

 private:
  std::filesystem::path file_;
  std::string made_from_;  // JSON
};

}  // namespace firstframe
