#include "io/seismic/segy_samples.h"

#include <cstring>

#include "io/seismic/ibm_floats.h"
#include "io/seismic/segyio.h"
#include "io/volume/byte_order.h"
#include "io/volume/sample_codec.h"

namespace firstframe {

std::string segy_format_name(int code) {
  switch (code) {
    case kIbmFloat: return "IBM float";
    case kInt32: return "int32";
    case kInt16: return "int16";
    case 4: return "fixed point with gain";
    case kIeeeFloat: return "IEEE float";
    case 6: return "float64";
    case 7: return "int24";
    case kInt8: return "int8";
    case 9: return "int64";
    case 10: return "uint32";
    case 11: return "uint16";
    case 12: return "uint64";
    case 15: return "uint24";
    case 16: return "uint8";
    default: return "unknown";
  }
}

std::optional<StoredType> segy_stored_type(int code) {
  switch (code) {
    case kIbmFloat:
    case kIeeeFloat: return StoredType::float32;
    case kInt32: return StoredType::int32;
    case kInt16: return StoredType::int16;
    case kInt8: return StoredType::int8;
    default: return std::nullopt;
  }
}

std::int64_t segy_sample_bytes(int code) { return bytes_per_sample(*segy_stored_type(code)); }

void decode_trace(int code, bool big_endian, const std::byte* from, std::int64_t count, std::byte* to) {
  if (code != kIbmFloat)
    decode_samples(*segy_stored_type(code), big_endian, from, segy_sample_bytes(code), count, to);
  else
    ibm_to_float32(from, big_endian, count, to);
}

std::int64_t encode_trace(int code, bool big_endian, SampleType type, const std::byte* from, std::int64_t count, std::byte* to) {
  if (code != kIbmFloat)
    return encode_samples(*segy_stored_type(code), big_endian, type, from, bytes_per_sample(type), count, to);
  std::memcpy(to, from, static_cast<std::size_t>(4 * count));
  native_to_ibm(to, count);
  if (!big_endian) reverse_words(to, count, to);
  return 0;
}

}  // namespace firstframe
