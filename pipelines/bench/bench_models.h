#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/degradation/degrade.h"
#include "core/restorers/model.h"
#include "core/restorers/restorer.h"
#include "pipelines/bench/bench.h"

namespace firstframe {

/// A model with a restorer's default settings, trained on a drawn scene of 256 x 256 for options.train_seconds.
Model bench_model(const std::string& restorer, const Degradation& degradation, const BenchOptions& options);

/// One frame after the other through restore(). `operations` and the parts of the peak are filled in, PSNR when `clean` is not empty.
RestoreRow restore_row(const Model& model, const Section& degraded, const Section& clean, Precision precision,
                       const RestoreSettings& settings, const MachinePeak& peak, const BenchOptions& options);

}  // namespace firstframe
