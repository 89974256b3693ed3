#pragma once

#include <string>

#include "core/training/pair.h"

namespace firstframe {

/// A name for a pair's pixels: 64-bit FNV-1a over type, extent and bytes of both, as "fnv1a64:0123456789abcdef".
/// It tells which pair a model came from; it is no protection against forgery.
std::string pair_hash(const TrainingPair& pair);

}  // namespace firstframe
