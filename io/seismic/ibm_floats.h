#pragma once

#include <cstddef>
#include <cstdint>

namespace firstframe {

/// IBM floats as native floats: 24 bits times 16^(exponent - 64), rounded to the nearest where float32 holds less, infinite beyond it.
///
/// Of normalised numbers these are segyio's to the bit, several times as fast. A number whose leading hexadecimal digit is 0 segyio 1.8
/// takes for another one (0x40000000, which is 0, for 0.03125); here it is what the format says.
///
/// \param words  count numbers of 4 bytes, in either byte order
/// \param to     count floats; may be `words`
void ibm_to_float32(const std::byte* words, bool big_endian, std::int64_t count, std::byte* to);

}  // namespace firstframe
