#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "io/volume/volume_info.h"

namespace firstframe {

/// The codes of samples that are read and written: IBM float, int32, int16, IEEE float, int8.
inline constexpr int kIbmFloat = 1, kInt32 = 2, kInt16 = 3, kIeeeFloat = 5, kInt8 = 8;

/// "IBM float", "int16", also of the codes that are refused; "unknown" for what no revision has.
std::string segy_format_name(int code);
/// Nothing for codes that are not read.
std::optional<StoredType> segy_stored_type(int code);
std::int64_t segy_sample_bytes(int code);

/// Samples of one trace as a section holds them: code_of(segy_stored_type(code)), native byte order, packed.
/// IBM numbers beyond float32 become infinite, see ibm_floats.h.
void decode_trace(int code, bool big_endian, const std::byte* from, std::int64_t count, std::byte* to);

/// The way back, as encode_samples: integers are rounded and limited. IBM floats keep 21 to 24 bits of the mantissa; what is
/// cut off is at most 1e-6 of the value.
/// \param type  code_of(...).type, or float32 that holds stored value + offset
/// \return samples that were limited
std::int64_t encode_trace(int code, bool big_endian, SampleType type, const std::byte* from, std::int64_t count, std::byte* to);

}  // namespace firstframe
