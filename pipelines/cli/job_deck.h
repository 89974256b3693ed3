#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace firstframe {

/// Puts the parameters of a job deck into a command line, where `par=FILE`, `--par FILE` or `--par=FILE` stands:
///
///     # job.par
///     model=noise.safetensors  in=line.sgy  out=restored.sgy
///     inline-byte=9            # as --inline-byte 9
///     residual="what went.sgy"
///     resume=1                 # a flag: 1, yes, true, on give it, 0, no, false, off do not
///
/// `key=value` is `--key value`, `in` (or input) and `out` (or output) are the first and the second name. What the command line itself says
/// stands over the deck. \param arguments  without the program's name, the subcommand first
/// \throws MissingFileError when there is no such file
/// \throws ArgumentError naming file and line of what is no key=value, no setting of the command, or there twice
std::vector<std::string> with_job_deck(CLI::App& app, std::vector<std::string> arguments);

}  // namespace firstframe
