#pragma once

#include <torch/torch.h>

#include "core/frame/section.h"

namespace firstframe {

/// The LibTorch type whose bytes are a sample's. uint16 travels as int16: LibTorch 1.13 has no type of its own for it.
torch::ScalarType stored_type(SampleType type);

/// Samples of a section as normalised float32, on the device they are on: the values of load_normalised(), bit by bit.
/// \param stored  any shape, of stored_type(type)
torch::Tensor normalised(const torch::Tensor& stored, SampleType type, ValueRange range);

/// The way back: the values of store_normalised().
/// \param values  any shape, float32
/// \return the same shape, of stored_type(type)
torch::Tensor denormalised(const torch::Tensor& values, SampleType type, ValueRange range);

}  // namespace firstframe
