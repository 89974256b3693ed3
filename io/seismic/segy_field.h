#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace firstframe {

inline constexpr std::int64_t kTextHeaderBytes = 3200;
inline constexpr std::int64_t kBinaryHeaderBytes = 400;
inline constexpr std::int64_t kTraceHeaderBytes = 240;

/// Bytes of the trace header, counted from 1 as the standard counts them.
namespace trace_byte {
inline constexpr int kFieldRecord = 9, kTraceId = 29, kSamples = 115, kInterval = 117;
}

/// Bytes of the binary header, counted from the beginning of the file and from 1.
namespace binary_byte {
inline constexpr int kInterval = 3217, kSamples = 3221, kFormat = 3225, kSorting = 3229, kRevision = 3501, kExtendedHeaders = 3505,
                     kExtendedSamples = 3269, kTraceHeaders = 3507, kFirstTrace = 3521, kTrailers = 3529;
}

/// A signed whole number of 2, 4 or 8 bytes at `byte`, counted from 1.
std::int64_t number_at(std::span<const std::byte> header, int byte, int width, bool big_endian);
/// The same for 2 bytes without a sign: sample counts, intervals.
std::int64_t count_at(std::span<const std::byte> header, int byte, bool big_endian);

/// Bytes that the field beginning there has in the standard (revision 1): 2 or 4; 4 for a place where none begins.
int trace_field_width(int byte);

/// A field of the trace header. \param byte  1..237
std::int64_t trace_field(std::span<const std::byte> header, int byte, bool big_endian);

}  // namespace firstframe
