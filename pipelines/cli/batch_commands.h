#pragma once

#include <CLI/CLI.hpp>

namespace firstframe {

// Each adds one subcommand of `firstframe batch`.
void add_batch_plan(CLI::App& batch);
void add_batch_run(CLI::App& batch);

}  // namespace firstframe
