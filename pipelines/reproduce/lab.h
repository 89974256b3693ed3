#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "pipelines/reproduce/data_folder.h"
#include "pipelines/reproduce/options.h"
#include "pipelines/reproduce/protocol.h"
#include "pipelines/reproduce/report.h"

namespace firstframe {

/// Pictures of one set that a restorer is scored on: a table of the report.
struct TestSet {
  std::string table;  // "Set11"
  std::vector<TestPicture> pictures;
};

/// What experiments share: the pictures, and trainings as the options want them.
class Lab {
 public:
  /// \throws MissingFileError when there is no data folder
  explicit Lab(const ReproduceOptions& options);

  const ReproduceOptions& options() const { return options_; }

  // Read when first asked for. \throws as DataFolder
  const std::vector<CleanPicture>& set11();
  const std::vector<CleanPicture>& bsd();
  const CleanPicture& set11(const std::string& name);
  std::vector<CleanPicture> prior_pictures() const { return folder_.prior_pictures(); }
  CleanPicture grey(const std::string& name) const { return folder_.grey(name); }

  /// Set11 degraded, without one picture.
  TestSet set11_without(const std::string& name, const Degradation& degradation);
  TestSet bsd_set(const Degradation& degradation);

  /// Trains with `seconds` scaled, or with few steps when the run is a quick one.
  std::shared_ptr<const Restorer> train(const TrainingPair& pair, TrainSettings settings) const;

  /// A denoiser of noise 5 for red and pnp, trained once on pictures outside every test set.
  std::shared_ptr<const Restorer> trained_prior();

  /// "residual, 60 s", with the seconds scaled.
  std::string label(const std::string& restorer, double seconds) const;

 private:
  ReproduceOptions options_;
  DataFolder folder_;
  std::vector<CleanPicture> set11_, bsd_;
  std::shared_ptr<const Restorer> prior_;
};

/// The settings that are not the default, "noise-jitter 1, width 48"; without seconds, steps and seed, which rows state.
std::string changed_settings(const TrainSettings& settings);

/// A row with what a trained restorer says of itself.
ReportRow trained_row(const Restorer& restorer, const TrainSettings& settings, const std::string& trained_on);

}  // namespace firstframe
