#pragma once

#include <nlohmann/json.hpp>

#include "pipelines/shards/batch_plan.h"

namespace firstframe {

/// Keeps the order in which entries are put in, so that a file reads from the important to the detail.
using PlanJson = nlohmann::ordered_json;

PlanJson json_of(const InputPrint& print);
PlanJson json_of(const RestoreChoices& choices);
PlanJson json_of(const BatchPlan& plan);

/// \throws nlohmann::json::exception, ArgumentError when an entry is missing or of another kind
BatchPlan plan_of(const PlanJson& json);

}  // namespace firstframe
