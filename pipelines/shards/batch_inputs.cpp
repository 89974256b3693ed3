#include "pipelines/shards/batch_inputs.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/model/model_file.h"
#include "pipelines/shards/content_hash.h"

namespace firstframe {

Model planned_model(const BatchPlan& plan) {
  if (hash_of_file(plan.model) != plan.model_hash)
    throw FormatError(
        text(plan.model, ": is not the model that the batch was planned with; put that one back, or plan again"));
  return read_model(plan.model);
}

BatchInputs::BatchInputs(const BatchPlan& plan, std::filesystem::path folder, ModelInfo model)
    : plan_(plan), folder_(std::move(folder)), model_(std::move(model)) {}

InputWork& BatchInputs::at(std::int64_t input) {
  if (const auto known = opened_.find(input); known != opened_.end()) return *known->second.work;
  const auto& planned = plan_.inputs[static_cast<std::size_t>(input)];
  const auto place = [&](const std::string& name) { return name.empty() ? name : (folder_ / name).string(); };
  Opened opened;
  opened.work = open_input(model_, {planned.path, place(planned.output), place(planned.residual), plan_.choices});
  opened.print = require_unchanged(planned.path, planned.print, opened.work->files());
  if (opened.work->count() != planned.sections)
    throw FormatError(
        text(planned.path, ": has ", opened.work->count(), " sections, the batch was planned with ", planned.sections));
  return *opened_.emplace(input, std::move(opened)).first->second.work;
}

void BatchInputs::close_all_but(const Shard& shard) {
  std::erase_if(opened_, [&](const auto& one) {
    return std::none_of(shard.begin(), shard.end(), [&](const Piece& piece) { return piece.input == one.first; });
  });
}

void BatchInputs::require_unchanged_since_opened(const Shard& shard) {
  for (const auto& piece : shard) {
    const auto opened = opened_.find(piece.input);
    if (opened == opened_.end() || print_of_input(opened->second.work->files(), false) == opened->second.print)
      continue;
    throw FormatError(text(plan_.inputs[static_cast<std::size_t>(piece.input)].path,
                           ": was written to while it was restored; plan again when nobody changes it"));
  }
}

}  // namespace firstframe
