#pragma once

#include <cstddef>
#include <cstdint>

#include "io/volume/volume_info.h"

namespace firstframe {

/// Stored samples as a section holds them: code_of(stored).type, native byte order.
/// \param from_stride  bytes between stored samples
/// \param to           `count` samples side by side
void decode_samples(StoredType stored, bool big_endian, const std::byte* from, std::int64_t from_stride,
                    std::int64_t count, std::byte* to);

/// Section samples as the file stores them, side by side. `type` is code_of(stored).type, or float32 for any stored type:
/// such samples hold section values (stored value + code_of(stored).offset), are rounded to the nearest whole number, half
/// away from zero, and limited to what the stored type holds; NaN becomes the lowest value.
/// \param from_stride  bytes between section samples
/// \return how many samples were limited
std::int64_t encode_samples(StoredType stored, bool big_endian, SampleType type, const std::byte* from,
                            std::int64_t from_stride, std::int64_t count, std::byte* to);

}  // namespace firstframe
