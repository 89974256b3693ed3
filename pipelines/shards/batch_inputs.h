#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>

#include "core/restorers/restorer.h"
#include "pipelines/shards/batch_plan.h"
#include "pipelines/shards/input_work.h"

namespace firstframe {

/// The model of a plan. \throws FormatError when it is not the one that was planned with; as read_model
Model planned_model(const BatchPlan& plan);

/// The inputs of a plan, opened and compared with it when they are first asked for.
class BatchInputs {
 public:
  /// \param folder  of the batch: outputs are in it unless their names are absolute
  BatchInputs(const BatchPlan& plan, std::filesystem::path folder, ModelInfo model);

  /// \throws FormatError when it has changed since the batch was planned; as open_input
  InputWork& at(std::int64_t input);

  /// Refuses inputs that have changed since they were opened. \throws FormatError, MissingFileError
  void require_unchanged_since_opened(const Shard& shard);

  /// Closes inputs that a shard does not need, so that a long run has few files open.
  void close_all_but(const Shard& shard);

 private:
  struct Opened {
    std::unique_ptr<InputWork> work;
    InputPrint print;
  };

  const BatchPlan& plan_;
  std::filesystem::path folder_;
  ModelInfo model_;
  std::map<std::int64_t, Opened> opened_;
};

}  // namespace firstframe
