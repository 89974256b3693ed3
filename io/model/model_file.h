#pragma once

#include <filesystem>

#include "core/restorers/model.h"

namespace firstframe {

/// Model files are safetensors (https://huggingface.co/docs/safetensors, format 0.x): 8 bytes little-endian
/// header length, a JSON header naming type, shape and place of every array, then the arrays. Everything in
/// ModelInfo stands in the header's "__metadata__" as strings; key "firstframe" holds it as one JSON object,
/// whose "format" is 1.
///
/// Reading one executes nothing, and allocates for the weights what the file holds, not what it claims.
/// Values are read as they are, NaN included; make_restorer judges them.

/// \throws ArgumentError when a weight's values do not fit its shape, or two weights share a name
/// \throws OutputError when the folder is missing or not writable, or the disk is full; the name then keeps
///         what it had
void write_model(const std::filesystem::path& path, const Model& model);

/// \throws MissingFileError when there is no such file
/// \throws FormatError in one sentence when it is empty, cut, larger than its header says, no safetensors
///         file, one that Firstframe did not write, or of a later format
Model read_model(const std::filesystem::path& path);

}  // namespace firstframe
