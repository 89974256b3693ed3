#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "io/volume/section_source.h"

namespace firstframe {

struct VolumeRestore {
  std::string input, output;
  std::string residual;     // also write what was removed; empty for not
  std::string restorer_id;  // what decides a restored section beside the input: the model's hash, or the flags of a classical one
  VolumeOptions volume;
  RestoreSettings settings;
  bool resume = false;
  bool orthogonalise = false;  // of seismic sections: give removed signal back, see local_orthogonalization.h
};

/// What a run came to.
struct VolumeRestored {
  std::int64_t sections = 0;  // restored by this run; with `resume` fewer than there are
  std::int64_t count = 0;
  std::int64_t clipped = 0;   // samples beyond what the output can store, limited to it
  std::vector<std::string> remarks = {};  // of the input: what a user should hear, see SectionSource::remarks
};

/// Restores a volume section by section. A model that was trained under automatic gain control (seismic_model.h) sees every section
/// under its own gains, which are undone after.
/// \param done  told how many of all sections are through
/// \throws as open_volume, open_volume_sink, require_trained_code and run_sections
VolumeRestored restore_volume(const Restorer& restorer, const VolumeRestore& job,
                              const std::function<void(std::int64_t done, std::int64_t count)>& done = {},
                              std::stop_token stop = {});

}  // namespace firstframe
