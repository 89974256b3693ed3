#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "core/seismic/silent_restore.h"
#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"
#include "pipelines/sections/restore_volume.h"
#include "pipelines/sections/section_pipeline.h"

namespace firstframe {

/// What restoring a volume means, section by section: for whoever drives the sections, all of them or some.
///
///     VolumeWork work(model.info, job);
///     auto sections = work.restored(restorer, index, work.source().read(index));
///     work.open_sinks(...)[i]->write(index, sections[i].view());
class VolumeWork {
 public:
  /// \throws as open_volume and require_trained_code; FormatError for a circular restorer of SEG-Y or SU;
  ///         ArgumentError when what is no seismic section is to be orthogonalised
  VolumeWork(const ModelInfo& model, const VolumeRestore& job);

  /// With the neighbours averaged in, where the model is one of those.
  SectionSource& source() const { return *source_; }

  /// What the input is told from others by, for drafts of a job in one process.
  std::string fingerprint() const;

  /// The restored section, silent and muted where the section of a SEG-Y or SU file is (silent_restore.h, mute.h), and, where the job writes it, what was removed.
  /// Not for several threads at once, unless order() says so.
  std::vector<Section> restored(const Restorer& restorer, std::int64_t index, const Section& degraded,
                                std::stop_token stop = {}) const;

  /// How sections are to be restored: beside each other by a restorer of whole sections, where none depends on another.
  WorkOrder order(const Restorer& restorer) const;

  /// A sink for every section that restored() gives. \throws as open_volume_sink
  std::vector<std::unique_ptr<SectionSink>> open_sinks(const SinkOptions& options) const;

 private:
  ModelInfo model_;
  VolumeRestore job_;
  std::unique_ptr<SectionSource> source_;
  std::int64_t gain_window_ = 0;        // rows; 0 for no automatic gain
  mutable SilentRestore silent_;        // of SEG-Y and SU
  std::unique_ptr<SectionSource> own_;  // without its neighbours, where a residual, a mute or the removed signal needs it
};

}  // namespace firstframe
