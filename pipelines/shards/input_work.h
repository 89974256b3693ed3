#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "pipelines/shards/batch_plan.h"

namespace firstframe {

/// Where the restored sections of one input go, in order. Nothing has the output's name before finish().
class InputOutput {
 public:
  virtual ~InputOutput() = default;
  /// Sections before this one were written by a merge that was stopped.
  virtual std::int64_t first_missing() const { return 0; }
  /// \param sections  what InputWork::restored gave for that section
  virtual void write(std::int64_t index, const std::vector<Section>& sections) = 0;
  virtual void finish() = 0;
  /// Samples beyond what the output can store, limited to it.
  virtual std::int64_t clipped() const { return 0; }
};

/// One input of a batch, restored section by section in any order: a volume, or pictures. The sections, and what the output
/// makes of them, are those of `firstframe restore`.
class InputWork {
 public:
  virtual ~InputWork() = default;
  virtual std::int64_t count() const = 0;
  /// All that it is read from.
  virtual std::vector<std::filesystem::path> files() const = 0;
  /// What a user should hear of it, headers that contradict each other and samples read so far that are no numbers; without its name.
  virtual std::vector<std::string> remarks() const { return {}; }
  /// Whether a section costs the reading of the whole input, as compressed volumes do.
  virtual bool is_read_whole() const { return false; }
  virtual Section read(std::int64_t index) = 0;
  /// The restored section and, where a residual is wanted, what was removed.
  virtual std::vector<Section> restored(const Restorer& restorer, std::int64_t index, const Section& degraded) = 0;

  /// \param print   what the sections are made from: a draft with the same one is gone on with
  /// \param resume  false begins anew, and the draft is deleted unless it is finished
  virtual std::unique_ptr<InputOutput> open_output(const std::string& print, bool resume) = 0;
};

/// What is to be done with one input, with the places of its outputs as they are opened.
struct InputJob {
  std::string input, output, residual;
  RestoreChoices choices;
};

/// Whether `restore` takes it as a volume, else as pictures.
bool is_volume_input(const std::string& input, const RestoreChoices& choices);

/// \throws ArgumentError for a video, which is one stream
/// \throws as open_volume, open_frames
std::unique_ptr<InputWork> open_input(const ModelInfo& model, const InputJob& job);

std::unique_ptr<InputWork> open_volume_input(const ModelInfo& model, const InputJob& job);
std::unique_ptr<InputWork> open_picture_input(const ModelInfo& model, const InputJob& job);

}  // namespace firstframe
