#pragma once

#include <CLI/CLI.hpp>

namespace firstframe {

// Each adds one subcommand to the command; its work runs when it is the one that was called.
void add_train(CLI::App& app);
void add_restore(CLI::App& app);
void add_measure(CLI::App& app);
void add_average(CLI::App& app);
void add_degrade(CLI::App& app);
void add_synth(CLI::App& app);
void add_inspect(CLI::App& app);
void add_doctor(CLI::App& app);
void add_reproduce(CLI::App& app);
void add_batch(CLI::App& app);
void add_bench(CLI::App& app);

}  // namespace firstframe
