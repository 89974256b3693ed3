#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "io/seismic/segy_options.h"

namespace firstframe {

/// How a SEG-Y or SU file is cut into sections, and what its headers say wrongly.
struct SegyFlags {
  std::string sections;  // "inline", "crossline", "gather", "all"; empty chooses
  std::optional<int> inline_byte, crossline_byte, gather_byte, format;
  std::optional<std::int64_t> samples;
  std::string byte_order;  // "big", "little"; empty finds it
};

/// Adds --sections, --inline-byte, --crossline-byte, --gather-byte, --samples, --sample-format and --byte-order.
void add_segy_flags(CLI::App& command, SegyFlags& flags);

SegyOptions segy_options(const SegyFlags& flags);

/// Adds --orthogonalise, of sections of traces in any file.
void add_orthogonalise_flag(CLI::App& command, bool& orthogonalise);

/// \throws ArgumentError saying that `input`, a picture, a video or a folder of them, cannot be orthogonalised
[[noreturn]] void refuse_orthogonalise(const std::string& input);

/// Of the flags that were given, without its dashes; empty when none was.
std::string first_segy_flag(const SegyFlags& flags);

}  // namespace firstframe
