#pragma once

#include <cstdint>
#include <optional>

namespace firstframe {

/// What a section of a SEG-Y file is.
enum class SegySections {
  automatic,   // inlines; crosslines where every inline has one trace only; everything where there is no grid
  inlines,     // traces of one inline number, by crossline number
  crosslines,  // traces of one crossline number, by inline number
  gathers,     // traces in a row in the file with one number at the gather's byte: shots, CDPs
  everything,  // all traces in the file's order
};

/// How a SEG-Y or SU file is read where its headers do not say it, or lie.
struct SegyOptions {
  SegySections sections = SegySections::automatic;
  int inline_byte = 189;     // of the trace header, counted from 1 as the standard does
  int crossline_byte = 193;
  int gather_byte = 9;       // 9 field record (shot), 21 ensemble (CDP), 17 source point
  std::optional<int> format = {};             // code of the samples, instead of the binary header's
  std::optional<std::int64_t> samples = {};   // per trace, instead of what the headers say
  std::optional<bool> big_endian = {};        // instead of what is found

  bool operator==(const SegyOptions&) const = default;
};

}  // namespace firstframe
